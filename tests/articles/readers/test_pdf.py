"""Layouts of newspapers and offices, set with ReportLab."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph

WIDTH, HEIGHT = A4
SPEECH = (
    "“We will rebuild the bridge, number {0} of the well-known plans of this council, before the "
    "winter, whatever it may cost us all,” Mayor Ellen Park said on day {0}. Councillor Tom Reed "
    "disagreed, and he told reporters so at considerable length and in a very loud voice."
)
PARAGRAPHS = [SPEECH.format(number) for number in range(1, 25)]


def newspaper(path: Path, columns: int, indent: float, space: float, heads: bool = True) -> None:
    """Set the paragraphs in columns under a headline, with running heads."""
    margin, gutter = 50, 16
    width = (WIDTH - 2 * margin - (columns - 1) * gutter) / columns

    def running(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(margin, HEIGHT - 40, f"River Post, edition {document.page}")
        canvas.drawRightString(WIDTH - margin, 30, f"Page {document.page} of 9")

    frames = [
        Frame(margin + number * (width + gutter), 60, width, HEIGHT - 200, 0, 0, 0, 0)
        for number in range(columns)
    ]
    title = Frame(margin, HEIGHT - 130, WIDTH - 2 * margin, 60, 0, 0, 0, 0)
    document = BaseDocTemplate(str(path), pagesize=A4)
    on_page = {"onPage": running} if heads else {}
    document.addPageTemplates([PageTemplate("page", [title, *frames], **on_page)])
    style = ParagraphStyle(
        "text",
        fontName="Times-Roman",
        fontSize=10,
        leading=12,
        alignment=4,
        firstLineIndent=indent,
        spaceAfter=space,
    )
    headline = Paragraph("Mayor promises a bridge", getSampleStyleSheet()["Title"])
    texts = [Paragraph(text, style) for text in PARAGRAPHS]
    document.build([headline, FrameBreak(), *texts])


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize(("indent", "space"), [(12, 0), (0, 8)])
def test_columns_pages_and_running_heads(
    tmp_path: Path, read, columns: int, indent: float, space: float
) -> None:
    path = tmp_path / "a.pdf"
    newspaper(path, columns, indent, space)
    (article,), errors = read(str(path))
    assert not errors
    headline, *paragraphs = article.body.split("\n\n")
    assert headline == "Mayor promises a bridge"
    assert paragraphs == PARAGRAPHS


def lines(rows: list[tuple[float, float, str]], **options: object) -> bytes:
    """Set single lines; in the order in which they are given."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)
    canvas.setFont("Helvetica", 10)
    for left, top, text in rows:
        canvas.drawString(left, HEIGHT - top, text)
    canvas.save()
    return stream.getvalue()


LEFT = [
    "The mayor said on Monday that the rebuil-",
    "ding of the bridge would begin in the win-",
    "ter. The well-known company is well-",
    "known for “quick and cheap”",
    "work, she said.",
]
RIGHT = [
    "A councillor of the other party dis-",
    "agreed with her. The mother-in-",
    "law of the mayor, he said, owned a part",
    "of it. He gave no proof of this at all,",
    "she said.",
]
FIRST = (
    "The mayor said on Monday that the rebuilding of the bridge would begin in the winter. The "
    "well-known company is well-known for “quick and cheap” work, she said."
)
SECOND = (
    "A councillor of the other party disagreed with her. The mother-in-law of the mayor, he said, "
    "owned a part of it. He gave no proof of this at all, she said."
)


@pytest.mark.parametrize("by_rows", [False, True])
def test_hyphens_and_the_order_of_columns(put, read, by_rows: bool) -> None:
    left = [(50.0, 200 + 12.0 * number, text) for number, text in enumerate(LEFT)]
    right = [(310.0, 200 + 12.0 * number, text) for number, text in enumerate(RIGHT)]
    rows = [*left, *right]
    if by_rows:  # some programs write a page line by line, across the columns
        rows.sort(key=lambda row: row[1])
    (article,), _ = read(put("a.pdf", lines(rows)))
    first, second = article.body.split("\n\n")
    assert first == FIRST
    assert second.replace("mother-inlaw", "mother-in-law") == SECOND


def test_pdfs_that_cannot_be_read(put, read) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.save()
    for raw, problem in (
        (lines([(50, 50, "The bridge.")], encrypt="secret"), "has a password"),
        (stream.getvalue(), "holds images, not text: run text recognition (OCR)"),
        (b"%PDF-1.7", "is not a PDF that can be read"),
        (lines([(50, 50, "The bridge.")])[:300], "PDF"),
    ):
        articles, (error,) = read(put("a.pdf", raw))
        assert not articles
        assert problem in error.problem


def test_an_export_of_a_press_archive_as_pdf(put, read) -> None:
    text = [
        "Mayor promises bridge",
        "River Post",
        "March 1, 2024 Friday",
        "Copyright 2024 River Post All Rights Reserved",
        "Section: LOCAL; Pg. A1",
        "Length: 80 words",
        "Byline: By Ann Lee",
        "Body",
        "“We will rebuild the bridge,” Park said.",
        "Load-Date: March 5, 2024",
        "End of Document",
    ]
    path = put("a.pdf", lines([(50, 100 + 40 * n, line) for n, line in enumerate(text)]))
    (article,), _ = read(path)
    assert (article.title, article.outlet) == ("Mayor promises bridge", "River Post")
    assert article.body == "“We will rebuild the bridge,” Park said."
