"""From a file to its characters: safe opening, size limit, and the text's encoding."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from quotes.errors import ArticleError

if TYPE_CHECKING:
    from quotes.articles.source import Source

MAX_BYTES = 20_000_000
"""Longest text taken for one article (about 3 million words)."""

_CHUNK = 1 << 20
_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_MISREAD = re.compile("[a-z]Õ[a-z]|â€")  # "weÕre" (Mac), "â€œWe" (UTF-8 with a broken byte)
_PAGE_CODECS = ("cp", "iso8859", "koi8", "gb", "big5", "euc", "shift", "mac", "tis")
_BINARY = "is not text: convert it to plain text or HTML first"


@contextmanager
def open_binary(path: Path, source: str) -> Iterator[BinaryIO]:
    """Open a regular file; raises ArticleError for anything else and for every failure to read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ArticleError(source, "is not a regular file: use '-' to read from a pipe")
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError as error:
        raise ArticleError(source, "no such file or folder: check the spelling") from error
    except OSError as error:
        problem = f"cannot be read ({error.strerror}): check the path and its permissions"
        raise ArticleError(source, problem) from error


def read_limited(stream: BinaryIO, source: str, most: int = MAX_BYTES) -> bytes:
    """Return all bytes of ``stream``; raises ArticleError above ``most``."""
    raw = stream.read(most + 1)
    if len(raw) > most:
        limit = most // 1_000_000
        raise ArticleError(source, f"is longer than {limit} MB: split it into its articles")
    return raw


def decode(raw: bytes, source: str, declared: str | None = None) -> str:
    """Return the characters of ``raw`` without byte-order mark, line ends untouched.

    UTF-8 is tried first, then ``declared`` (a page's own word), then a guess by statistics. Raises
    ArticleError where the bytes are no text.
    """
    try:
        return raw.decode(_marked(raw) or "utf-8")
    except UnicodeDecodeError as error:
        if _marked(raw):
            raise _undecodable(source) from error
    if b"\0" in raw:
        raise ArticleError(source, _BINARY)
    return raw.decode(_declared(raw, declared) or _guess(raw, source))


def encoding_of(source: Source) -> str:
    """Return the encoding of a source of any size, holding little of it in memory."""
    with source.open() as stream:
        head = stream.read(_CHUNK)
        if marked := _marked(head):
            return marked
        decoder = codecs.getincrementaldecoder("utf-8")()
        chunk = head
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = stream.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _guess(chunk or head, source.name)
    return "utf-8"


def _marked(raw: bytes) -> str | None:
    return next((name for mark, name in _BOMS if raw.startswith(mark)), None)


def _declared(raw: bytes, name: str | None) -> str | None:
    try:
        # Web pages that say latin-1 mean cp1252 (WHATWG Encoding Standard), as in curly quotes.
        codec = codecs.lookup(name or "").name
        codec = "cp1252" if codec in ("iso8859-1", "ascii") else codec
        if not codec.startswith(_PAGE_CODECS):  # some of Python's others take quadratic time
            return None
        return None if _CONTROLS.search(raw.decode(codec)) else codec
    except (LookupError, ValueError):
        return None


def _guess(raw: bytes, source: str) -> str:
    """Return the likeliest legacy encoding of ``raw``; raises ArticleError where none fits."""
    if not (encoding := _western(raw)):
        from charset_normalizer import from_bytes

        best = from_bytes(raw).best()
        if best is None:
            raise _undecodable(source)
        encoding = best.encoding
    text = raw.decode(encoding)
    if _CONTROLS.search(text) or _MISREAD.search(text):
        raise _undecodable(source)
    return encoding


def _western(raw: bytes) -> str | None:
    """Return cp1252 for English with some accents and curly marks: too few for statistics."""
    if not _declared(raw, "cp1252"):
        return None
    letters = [char for char in raw.decode("cp1252") if char.isalpha()]
    accented = sum(not char.isascii() for char in letters)
    return "cp1252" if accented < 0.3 * len(letters) else None


def _undecodable(source: str) -> ArticleError:
    return ArticleError(source, "its text encoding cannot be told: save it as UTF-8")
