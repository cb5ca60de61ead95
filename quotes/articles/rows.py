"""Rows of tables and objects of JSON as drafts of articles: the one place that looks into cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any

from quotes.articles.bylines import byline_of
from quotes.articles.dates import Order, decide_order, is_ambiguous, parse_date
from quotes.articles.draft import Draft, Reading
from quotes.articles.metadata import Metadata, clean, host_in, language, web_address
from quotes.columns import Cell, Columns, flatten, id_names, is_nothing, provenance_of
from quotes.errors import ArticleError

_TAG = re.compile(r"</?(?:a|b|em|i|span|strong|sub|sup|u)(?:\s[^<>]*)?>|<br\s*/?>", re.IGNORECASE)
_LONGEST = 2000
"""Characters of the longest title, name or address."""
_NO = frozenset(("no", "n", "false", "0"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``where`` is ``table.csv:17``, the line on which it begins."""

    where: str
    cells: Mapping[str, Any]


Rows = Callable[[], Iterable[Row | ArticleError]]
"""Reads the rows of a table, anew each time."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row says: surely (``stated``), or only by a hint (fact → value and where from).

    ``used`` are the columns that said something; ``unread`` is a date that could not be read.
    """

    stated: Metadata
    hinted: Mapping[str, tuple[Any, str]]
    used: frozenset[str]
    unread: str | None = None


class Table:
    """Turns the rows of one table into drafts.

    Looks once at all dates if one of them can be read in two ways.
    """

    def __init__(self, name: str, rows: Rows, reading: Reading, default: Metadata | None = None):
        self._name = name
        self._rows = rows
        self._reading = reading
        self._columns = reading.columns
        self._default = default or Metadata()
        self._order: Order | None = None
        self._looked = False

    def drafts(self) -> Iterator[Draft | ArticleError]:
        """Yield the article in each row; an ArticleError for a row without a text."""
        for row in self._rows():
            if isinstance(row, ArticleError):
                yield row
                continue
            try:
                yield self._draft(row)
            except ArticleError as error:
                yield error

    def _draft(self, row: Row) -> Draft:
        flat = flatten(row.cells)
        text = text_of(flat, self._columns)
        facts = read_facts(flat, self._columns, self.order)
        ids = {
            flat[key].column: name
            for key in id_names()
            if key in flat and (name := _line(flat[key].value))
        }
        used = {*facts.used, *([text[1]] if text else ()), *ids}
        leaves = {cell.column for cell in flat.values() if not isinstance(cell.value, Mapping)}
        unused = {name for name in leaves - used if name and not _within(name, used)}
        unused = {name for name in unused if not self._columns.knows(name)}
        self._reading.account.columns(self._name, used, sorted(unused))
        if text is None:
            raise ArticleError(
                row.where, "no text: fill it in, or name its column with --column text=NAME"
            )
        return Draft(
            row.where,
            text[0],
            id=next(iter(ids.values()), None),
            stated=facts.stated.or_else(self._default),
            hinted=facts.hinted,
            unread=facts.unread,
        )

    def order(self) -> Order | None:
        """Return whether day or month comes first in this table, as its other rows show."""
        if not self._looked:
            self._looked = True
            self._order = decide_order(self._dates())
            if self._order:
                how = f"dates read with the {self._order.replace(' ', ' coming ')}"
                self._reading.account.remark(f"{how}, as other rows show", self._name)
        return self._order

    def _dates(self) -> Iterator[str]:
        flat = (flatten(row.cells) for row in self._rows() if isinstance(row, Row))
        return date_texts(flat, self._columns)


def date_texts(rows: Iterable[Mapping[str, Cell]], columns: Columns) -> Iterator[str]:
    """Yield the texts in the columns of dates of flattened rows."""
    for flat in rows:
        for cell in columns.cells(flat, "published"):
            if text := clean(cell.value):
                yield text


def read_facts(
    flat: Mapping[str, Cell], columns: Columns, order: Callable[[], Order | None] = lambda: None
) -> Facts:
    """Return the facts in a flattened row. ``order`` is asked about dates with two readings."""
    found: dict[str, Any] = {}
    hinted: dict[str, tuple[Any, str]] = {}
    used: set[str] = set()

    def take(fact: str, value: Any, cell: Cell) -> None:
        used.add(cell.column)
        if cell.sure:
            found[fact] = value
        else:
            hinted[fact] = (value, f"from the column '{cell.column}'")

    for fact, read in _READERS.items():
        for cell in columns.cells(flat, fact):
            if (value := read(_scalar(cell.value))) is not None:
                take(fact, value, cell)
                break
    _take_outlet(flat, columns, take)
    _take_provenance(flat, columns, take)
    unread = _take_date(flat, columns, order, take)
    return Facts(Metadata(**found), hinted, frozenset(used), unread)


def text_of(flat: Mapping[str, Cell], columns: Columns) -> tuple[str, str] | None:
    """Return the text of the article in a row, and its column; None if there is none."""
    for cell in columns.cells(flat, "text"):
        value = cell.value
        if isinstance(value, str):
            text = "" if is_nothing(value) else value
        else:
            text = "\n\n".join(_strings(value))
        if text:
            return text, cell.column
    return None


def _take_outlet(
    flat: Mapping[str, Cell], columns: Columns, take: Callable[[str, Any, Cell], None]
) -> None:
    """Take the outlet's name; where no column has one, its host, as a hint."""
    hints = []
    for cell in columns.cells(flat, "outlet"):
        name = _name(cell.value)
        if name is None:
            continue
        host = host_in(name)
        if host or not cell.sure:
            hints.append((host or name, cell.column))
        elif address := web_address(name):  # some tools call the address of the page its "source"
            if not any(_url(c.value) for c in columns.cells(flat, "url")):
                take("url", address, cell)
        else:
            take("outlet", name, cell)
            return
    if hints:
        take("outlet", hints[0][0], Cell(hints[0][1], None, sure=False))


def _take_provenance(
    flat: Mapping[str, Cell], columns: Columns, take: Callable[[str, Any, Cell], None]
) -> None:
    """Take where the words come from: a cell says it ("translated"), or a column ("Translator")."""
    for cell in columns.cells(flat, "provenance"):
        value = _scalar(cell.value)
        text = "yes" if value is True else _line(value)
        if text is None or text.casefold() in _NO:
            continue
        if found := provenance_of(text) or provenance_of(cell.column.rpartition(".")[2]):
            take("provenance", found, cell)
            return


def _take_date(
    flat: Mapping[str, Cell],
    columns: Columns,
    order: Callable[[], Order | None],
    take: Callable[[str, Any, Cell], None],
) -> str | None:
    """Take the date; return what should be one and is not."""
    unread = None
    for cell in columns.cells(flat, "published"):
        value = _scalar(cell.value)
        if isinstance(value, datetime | date):
            take("published", value.date() if isinstance(value, datetime) else value, cell)
            return None
        text = clean(value)
        if text is None or is_nothing(text):
            continue
        day = parse_date(text) or (parse_date(text, order()) if is_ambiguous(text) else None)
        if day:
            take("published", day, cell)
            return None
        unread = unread or text
    parts = [cell for part in ("year", "month", "day") for cell in columns.cells(flat, part)][:3]
    if day := parse_date("-".join((clean(cell.value) or "").removesuffix(".0") for cell in parts)):
        for cell in parts:
            take("published", day, cell)
        return None
    return unread


def _scalar(value: Any) -> Any:
    """Return the value inside ``{"$date": …}`` and the like, as databases export them."""
    while isinstance(value, Mapping) and len(value) == 1 and next(iter(value)).startswith("$"):
        value = next(iter(value.values()))
    return value


def _name(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    text = clean(value) if isinstance(value, str) else None
    return None if text is None or is_nothing(text) else text


def _line(value: Any) -> str | None:
    if isinstance(value, str) and len(value) > _LONGEST:
        return None
    text = clean(value)
    return None if text is None or is_nothing(text) else text


def _title(value: Any) -> str | None:
    """Return a title as a reader sees it: WordPress and feeds write it as HTML."""
    text = _line(value)
    if text and ("&" in text or "<" in text):
        text = clean(unescape(_TAG.sub("", text)))
    return text


def _url(value: Any) -> str | None:
    return web_address(_line(value))


def _language(value: Any) -> str | None:
    return language(_line(value))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "url": _url,
    "title": _title,
    "byline": byline_of,
    "language": _language,
    "archived": _url,
}


def _within(name: str, used: Iterable[str]) -> bool:
    """Whether a path lies inside a column that was used as a whole."""
    return any(name.startswith(f"{column}.") for column in used)


def _strings(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the texts of nested lists and objects: the paragraphs of an article, in order."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif depth < 6 and isinstance(value, list | Mapping):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(one, depth + 1)
