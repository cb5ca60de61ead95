"""PDF: the text in its paragraphs, column by column. Needs the extra ``documents``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quotes.articles.decode import MAX_BYTES, read_limited
from quotes.articles.draft import Found, Reading
from quotes.articles.extras import need
from quotes.articles.layout import Page, Piece, text_of_pages
from quotes.articles.readers.documents import EXTRA, MAX_DOCUMENT
from quotes.articles.source import Source
from quotes.articles.texts import drafts_of
from quotes.errors import ArticleError

_WIDE = 1.8
"""Times the height of the letters: a wider space parts two columns."""


def read(source: Source, _reading: Reading) -> Iterator[Found]:
    """Read a ``.pdf`` that holds text; one of scanned pages is refused."""
    pdfium = need("pypdfium2", EXTRA, source.name)
    with source.open() as stream:
        raw = read_limited(stream, source.name, MAX_DOCUMENT)
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ArticleError(source.name, "has a password: save it without one") from error
        raise ArticleError(source.name, "is not a PDF that can be read: get it again") from error
    try:
        pages = [*_pages(document, source.name)]
    except pdfium.PdfiumError as error:
        raise ArticleError(source.name, "is a damaged PDF: get it again") from error
    finally:
        document.close()
    text = text_of_pages(pages)
    if not text.strip():
        problem = "holds images, not text: run text recognition (OCR) over it first"
        raise ArticleError(source.name, problem)
    yield from drafts_of(text, source)


def _pages(document: Any, name: str) -> Iterator[Page]:
    length = 0
    for page in document:
        text = page.get_textpage()
        pieces = [*_pieces(text)]
        length += sum(len(piece.text) for piece in pieces)
        if length > MAX_BYTES:
            raise ArticleError(name, "is longer than 20 MB of text: split it into its articles")
        yield Page(pieces, page.get_height())
        text.close()
        page.close()


def _pieces(page: Any) -> Iterator[Piece]:
    """Yield the pieces of lines that stand together, in the order of the file."""
    text = page.get_text_range()
    if len(text) != page.count_chars():  # characters beyond the first plane count twice
        text = "".join(page.get_text_range(at, 1) or " " for at in range(page.count_chars()))
    piece: list[str] = []
    box: list[float] = []
    for at, char in enumerate(text):
        if char.isspace():
            if char in "\r\n" and piece:
                yield Piece("".join(piece).strip(), *_sides(box))
                piece, box = [], []
            elif piece:
                piece.append(" ")
            continue
        left, bottom, right, top = page.get_charbox(at, loose=True)
        height = max(top - bottom, box[3] - box[1] if box else 0.0)
        if box and (left - box[2] > _WIDE * height or bottom > box[3] or top < box[1]):
            yield Piece("".join(piece).strip(), *_sides(box))
            piece, box = [], []
        piece.append(char)
        box = (
            [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)]
            if box
            else [left, bottom, right, top]
        )
    if piece:
        yield Piece("".join(piece).strip(), *_sides(box))


def _sides(box: list[float]) -> tuple[float, float, float, float]:
    left, bottom, right, top = box
    return left, right, bottom, top
