"""Documents of office programs and books. Their packages are the extra ``documents``."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from quotes.articles.bounded import check_zip, open_zip
from quotes.articles.decode import decode, read_limited
from quotes.articles.draft import Found, Reading
from quotes.articles.extras import need
from quotes.articles.markup import to_text
from quotes.articles.rows import Row, Table
from quotes.articles.source import Source
from quotes.articles.texts import drafts_of
from quotes.errors import ArticleError

MAX_DOCUMENT = 200_000_000
"""Bytes of the longest document, pictures included."""

EXTRA = "documents"

_NOTE_SIGN = re.compile(r'<sup>\s*<a href="#(?:foot|end)note.*?</a>\s*</sup>', re.DOTALL)
_NOTE = re.compile(r'<li id="(?:foot|end)note.*?</li>', re.DOTALL)
_UNSEEN_ODF = "//office:annotation|//text:tracked-changes|//text:note|//office:forms"
_HEADER_ROWS = 20


def read_word(source: Source, _reading: Reading) -> Iterator[Found]:
    """Read a ``.docx``: paragraphs, lists, tables and text boxes, without notes and pictures."""
    mammoth = need("mammoth", EXTRA, source.name)

    def text(stream: BinaryIO) -> str:
        nothing = mammoth.images.img_element(lambda _: {})
        html = mammoth.convert_to_html(stream, convert_image=nothing).value
        return to_text(_NOTE.sub("", _NOTE_SIGN.sub("", html)))

    yield from drafts_of(_text(source, text, "a Word document", packed=True), source)


def read_odt(source: Source, _reading: Reading) -> Iterator[Found]:
    """Read an ``.odt``: paragraphs and headings, without notes, comments and deletions."""
    odfdo = need("odfdo", EXTRA, source.name)

    def text(stream: BinaryIO) -> str:
        body = odfdo.Document(stream).body
        for unseen in body.get_elements(_UNSEEN_ODF):
            unseen.delete()
        paragraphs = body.get_elements("//text:p|//text:h")
        return "\n\n".join(filter(None, (one.inner_text.strip() for one in paragraphs)))

    yield from drafts_of(_text(source, text, "an OpenDocument text", packed=True), source)


def read_rtf(source: Source, _reading: Reading) -> Iterator[Found]:
    """Read an ``.rtf``; a line of its text is a paragraph."""
    striprtf = need("striprtf.striprtf", EXTRA, source.name)

    def text(stream: BinaryIO) -> str:
        rtf = decode(stream.read(), source.name, "cp1252")
        return str(striprtf.rtf_to_text(rtf, errors="replace"))

    yield from drafts_of(_text(source, text, "Rich Text"), source)


def read_workbook(source: Source, reading: Reading) -> Iterator[Found]:
    """Read an ``.xlsx``, ``.xls`` or ``.ods``: each sheet with a column of texts is a table."""
    calamine = need("python_calamine", EXTRA, source.name)
    stream = _checked(source, packed=True)
    try:
        book = calamine.CalamineWorkbook.from_filelike(stream)
        sheets = [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    except calamine.PasswordError as error:
        raise ArticleError(source.name, "has a password: save it without one") from error
    except Exception as error:  # whatever a parser meets in a broken file
        raise _unreadable(source, "a workbook") from error
    found = False
    for name, rows in sheets:
        at = _header(rows, reading)
        if at is None:
            continue
        found = True
        where = f"{source.name}:{name}" if len(sheets) > 1 else source.name
        columns = [str(cell).strip() for cell in rows[at]]
        listed = [
            Row(f"{where}:{number}", dict(zip(columns, map(_cell, row), strict=False)))
            for number, row in enumerate(rows[at + 1 :], at + 2)
            if any(cell not in ("", None) for cell in row)
        ]
        yield from Table(where, lambda listed=listed: listed, reading).drafts()  # type: ignore[misc]
    if not found:
        raise ArticleError(
            source.name, "no column for the text in any sheet: name it with --column text=NAME"
        )


def _header(rows: Sequence[Sequence[Any]], reading: Reading) -> int | None:
    """Return the number of the row with the names of the columns; None if none is known."""
    for number, row in enumerate(rows[:_HEADER_ROWS]):
        names = [str(cell) for cell in row if isinstance(cell, str) and 0 < len(cell) < 100]
        if reading.columns.holds(names, "text"):
            return number
    return None


def _cell(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, str | int | float | date | datetime) else str(value)


def _text(
    source: Source, convert: Callable[[BinaryIO], str], what: str, *, packed: bool = False
) -> str:
    """Return what ``convert`` makes of a document; raises ArticleError where it cannot be read."""
    stream = _checked(source, packed=packed)
    try:
        return convert(stream)
    except ArticleError:
        raise
    except ImportError:
        raise
    except Exception as error:  # whatever a parser meets in a broken file
        raise _unreadable(source, what) from error


def _checked(source: Source, *, packed: bool) -> BinaryIO:
    """Return the bytes of a document; of one that is a ZIP archive, only if it is no bomb."""
    with source.open() as stream:
        raw = io.BytesIO(read_limited(stream, source.name, MAX_DOCUMENT))
    if packed and raw.getvalue()[:2] == b"PK":
        with open_zip(raw, source.name) as archive:
            check_zip(archive, source.name)
        raw.seek(0)
    return raw


def _unreadable(source: Source, what: str) -> ArticleError:
    return ArticleError(source.name, f"cannot be read as {what}: save it again, or as .txt")
