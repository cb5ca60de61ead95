"""Documents as the libraries of office programs write them; Nexis exports among them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import docx
import odfdo
import openpyxl
import pytest

from quotes.articles import bounded
from quotes.articles.readers import documents
from tests.articles.test_exports import NEXIS

PARAGRAPHS = [
    "The bridge",
    "“The bridge is open,” Ann Roe said.",
    "Bo Lind agreed: “It’s café time.”",
]
BODY = "\n\n".join(PARAGRAPHS)


def word(path: Path, paragraphs: list[str] = PARAGRAPHS) -> None:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def odt(path: Path, paragraphs: list[str] = PARAGRAPHS) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, paragraphs[0]))
    for paragraph in paragraphs[1:]:
        document.body.append(odfdo.Paragraph(paragraph))
    document.save(str(path))


def rtf(path: Path, paragraphs: list[str] = PARAGRAPHS) -> None:
    escaped = (
        "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in text)
        for text in paragraphs
    )
    body = "\\par\\par ".join(escaped)
    path.write_text(f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {body}\\par}}", "ascii")


@pytest.mark.parametrize(("name", "write"), [("a.docx", word), ("a.odt", odt), ("a.rtf", rtf)])
def test_documents_are_their_paragraphs(
    tmp_path: Path, read, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    (article,), errors = read(str(tmp_path / name))
    assert not errors
    assert article.body.strip() == BODY
    (tmp_path / name).rename(tmp_path / "nameless")
    (again,), _ = read(str(tmp_path / "nameless"))
    assert again.body == article.body


@pytest.mark.parametrize(("name", "write"), [("a.docx", word), ("a.rtf", rtf)])
def test_an_export_of_a_press_archive(tmp_path: Path, read, name: str, write: Callable) -> None:
    write(tmp_path / name, NEXIS.splitlines())
    articles, errors = read(str(tmp_path / name))
    assert not errors
    assert [(one.outlet, one.published) for one in articles] == [
        ("River Post", date(2024, 3, 1)),
        ("Hill Courier", date(2024, 3, 2)),
    ]


def test_what_word_puts_beside_the_text(tmp_path: Path, read) -> None:
    document = docx.Document()
    document.add_heading("The bridge")
    paragraph = document.add_paragraph("“It ")
    paragraph.add_run("is").bold = True
    paragraph.add_run(" open,”\nshe\tsaid.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    document.sections[0].header.paragraphs[0].text = "no header"
    document.save(str(tmp_path / "a.docx"))
    (article,), _ = read(str(tmp_path / "a.docx"))
    assert article.body == "The bridge\n\n“It is open,”\nshe said.\n\nleft\n\nright"


def test_odt_without_notes_and_comments(tmp_path: Path, read) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    paragraph = odfdo.Paragraph("The bridge is open.")
    paragraph.insert_note(after="bridge", note_id="n1", citation="1", body="A long one.")
    paragraph.insert_annotation(after="open", body="Is it?", creator="Ann")
    document.body.append(paragraph)
    document.save(str(tmp_path / "a.odt"))
    (article,), _ = read(str(tmp_path / "a.odt"))
    assert article.body == "The bridge is open."


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    notes, sheet = book.active, book.create_sheet("articles")
    notes.append(["Only notes", 5])
    sheet.append(["Export of 4 March"])
    sheet.append([])
    sheet.append(["No", "Headline", "Full Text", "Date", "Media Outlet", "Mood"])
    sheet.append([1, "A", "“No.”", datetime(2024, 3, 4, 10), "Herald", "good"])
    sheet.append([2, "B", "", date(2024, 3, 4), "Herald"])
    sheet.append([])
    sheet.append([3, "C", "“Yes.”", "15/03/2024", "Herald"])
    sheet.append([4, "D", "“Well.”", "05/03/2024", "Herald"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def test_sheets_with_texts_are_tables(workbook: Path, read) -> None:
    articles, (error,) = read(str(workbook))
    assert [(one.source, one.title, one.body, one.published) for one in articles] == [
        (f"{workbook}:articles:4", "A", "“No.”", date(2024, 3, 4)),
        (f"{workbook}:articles:7", "C", "“Yes.”", date(2024, 3, 15)),
        (f"{workbook}:articles:8", "D", "“Well.”", date(2024, 3, 5)),
    ]
    assert error.source == f"{workbook}:articles:5"


def test_a_workbook_without_texts(tmp_path: Path, read) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "a.xlsx")
    articles, (error,) = read(str(tmp_path / "a.xlsx"))
    assert not articles
    assert "no column for the text in any sheet" in error.problem


def damaged(write: Callable[[Path], None], path: Path) -> bytes:
    write(path)
    return path.read_bytes()[: path.stat().st_size // 2]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.docx", OLE, "has a password: save it without one"),
        ("a.xlsx", OLE, "has a password: save it without one"),
        ("a.doc", OLE, "is .doc of an old Office: save it as"),
        ("a.xls", OLE, "cannot be read as a workbook"),
        ("a.docx", b"", "it is empty"),
        ("a.docx", b"no office", "cannot be read as a Word document"),
        ("a.odt", b"PK\x03\x04", "damaged or cut off"),
        ("a.rtf", b"{\\rtf1 \x00\xff{{{", "is not text"),
        ("a.docx", b"\x89PNG\r\n\x1a\n\0", "is a PNG image"),
        ("a.pptx", b"\0", "its format (.pptx) is not known"),
    ],
)
def test_documents_that_cannot_be_read(put, read, name: str, content: bytes, problem: str) -> None:
    articles, (error,) = read(put(name, content))
    assert not articles
    assert problem in error.problem


@pytest.mark.parametrize(("name", "write"), [("a.docx", word), ("a.odt", odt)])
def test_half_a_document(tmp_path: Path, put, read, name: str, write: Callable) -> None:
    articles, (error,) = read(put(name, damaged(write, tmp_path / "whole")))
    assert not articles
    assert "is damaged or cut off: get it again" in error.problem


def test_the_content_counts_not_the_suffix(tmp_path: Path, read) -> None:
    word(tmp_path / "a.txt")
    (article,), errors = read(str(tmp_path / "a.txt"))
    assert not errors
    assert article.body == BODY


def test_a_document_that_is_a_bomb(put, read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "FREE", 1_000_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b" " * 10_000_000)
    articles, (error,) = read(put("a.docx", stream.getvalue()))
    assert not articles
    assert "unpacks to far more than a document" in error.problem


def test_a_document_that_is_too_long(put, read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_DOCUMENT", 10)
    (error,) = read(put("a.rtf", "{\\rtf1 and so on}"))[1]
    assert "is longer than" in error.problem
