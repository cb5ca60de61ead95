"""JSON: an article, an array of them, or an interface's answer with articles somewhere inside."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from quotes.articles.decode import MAX_BYTES
from quotes.articles.draft import Draft, Reading
from quotes.articles.readers import jsonl
from quotes.articles.rows import Row, Table, text_of
from quotes.articles.source import Source
from quotes.columns import Columns, flatten
from quotes.errors import ArticleError

MAX_OBJECT = 200_000_000
"""Bytes of the longest JSON object that is read as a whole; arrays are read item by item."""

_CHUNK = 1 << 20
_SPACE = " \t\r\n\ufeff"
_DEEPEST = 6
_BROKEN = "is not JSON that can be read"


def read(source: Source, reading: Reading) -> Iterator[Draft | ArticleError]:
    """Read a ``.json`` file: articles are the objects in it that hold a text."""
    if _is_lines(source):
        yield from jsonl.read(source, reading)
        return
    yield from Table(source.name, lambda: _rows(source, reading.columns), reading).drafts()


def _is_lines(source: Source) -> bool:
    """Whether a file holds an object on each line."""
    with source.open() as stream:
        first = stream.readline(MAX_BYTES).strip()
        if not first.startswith(b"{"):
            return False
        try:
            json.loads(first)
        except (ValueError, RecursionError):
            return False
        return any(line.strip() for line in iter(lambda: stream.readline(_CHUNK), b""))


def _rows(source: Source, columns: Columns) -> Iterator[Row | ArticleError]:
    number = 0
    with source.open() as stream:
        for value in _values(stream, source.name):
            found = [*_articles(value, columns)]
            for row in found or ([] if isinstance(value, list) else [value]):
                number += 1
                where = f"{source.name}:{number}"
                if isinstance(row, Mapping):
                    yield Row(where, row)
                else:
                    yield ArticleError(where, 'is not a JSON object: write {"text": "…"}')
    if not number:
        raise ArticleError(
            source.name, "holds no objects with a text: name it with --column text=NAME"
        )


def _values(stream: BinaryIO, name: str) -> Iterator[Any]:
    """Yield the items of a JSON array, or the one value that the file is."""
    pieces = _Pieces(stream, name)
    if pieces.next_char() != "[":
        yield pieces.whole()
        return
    pieces.skip()
    while (char := pieces.next_char()) != "]":
        if char == ",":
            pieces.skip()
            continue
        yield pieces.value()


class _Pieces:
    """The characters of a stream, read as far as the next value needs them."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = 0
        self._ended = False
        self._scan = json.JSONDecoder(strict=False)
        self._read(_CHUNK)

    def next_char(self) -> str:
        """Return the next character that is not white space, without passing it."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read(_CHUNK):
                raise ArticleError(self._name, "is JSON that ends too early: get it again")

    def skip(self) -> None:
        """Pass one character."""
        self._at += 1

    def value(self) -> Any:
        """Return the value that begins here; raises ArticleError where it is broken."""
        while True:
            try:
                value, end = self._scan.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                # As much again: so a long value is begun again a few times only.
                if not isinstance(error, RecursionError) and self._read(len(self._text) - self._at):
                    continue
                raise self._broken(error) from error
            if end < len(self._text) or not self._read(_CHUNK):  # a number may go on
                self._at = end
                return value

    def whole(self) -> Any:
        """Return the one value that the rest is."""
        while self._read(_CHUNK):
            if len(self._text) > MAX_OBJECT:
                limit = MAX_OBJECT // 1_000_000
                problem = f"is one JSON object of more than {limit} MB: write one article a line"
                raise ArticleError(self._name, problem)
        try:
            return self._scan.decode(self._text.strip(_SPACE))
        except (ValueError, RecursionError) as error:
            raise self._broken(error) from error

    def _read(self, size: int) -> bool:
        """Read on; forget what is done. Return whether there was more."""
        if self._ended:
            return False
        raw = self._stream.read(max(size, _CHUNK))
        self._ended = not raw
        try:
            more = self._decoder.decode(raw, final=self._ended)
        except UnicodeDecodeError as error:
            raise ArticleError(self._name, "is not UTF-8: save the file as UTF-8") from error
        if len(self._text) - self._at + len(more) > MAX_OBJECT:
            raise ArticleError(self._name, "holds one value of more than 200 MB: split it")
        self._text = self._text[self._at :] + more
        self._at = 0
        return bool(raw)

    def _broken(self, error: Exception) -> ArticleError:
        if isinstance(error, RecursionError):
            return ArticleError(self._name, f"{_BROKEN} (nested too deep): write it flatter")
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return ArticleError(self._name, f"{_BROKEN} ({reason}): fix it or get it again")


def _articles(value: Any, columns: Columns, depth: int = 0) -> Iterator[Any]:
    """Yield the objects with a text inside a value, the outermost ones."""
    if isinstance(value, Mapping):
        if (rows := _by_column(value, columns)) is not None:
            yield from rows
            return
        if text_of(flatten(value), columns):
            yield value
            return
        children = value.values()
    elif isinstance(value, list):
        children = value  # type: ignore[assignment]
    else:
        return
    if depth < _DEEPEST:
        for child in children:
            yield from _articles(child, columns, depth + 1)


def _by_column(value: Mapping[str, Any], columns: Columns) -> list[Any] | None:
    """Return the rows of a table that is written column by column, as pandas does; else None."""
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        names = [str(name) for name in value["columns"]]
        return [
            dict(zip(names, row, strict=False)) for row in value["data"] if isinstance(row, list)
        ]
    texts = [name for name in value if columns.holds((name,), "text")]
    if (
        not texts
        or len(value) < 2
        or not all(isinstance(one, list | dict) for one in value.values())
    ):
        return None
    keys = [[*map(str, one)] if isinstance(one, dict) else len(one) for one in value.values()]
    if any(key != keys[0] for key in keys) or not keys[0]:
        return None
    cells = [[*one.values()] if isinstance(one, dict) else one for one in value.values()]
    return [dict(zip(value, row, strict=True)) for row in zip(*cells, strict=True)]
