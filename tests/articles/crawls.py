"""Crawls for the tests, written with warcio from pages of our own."""

from __future__ import annotations

import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HOST = "https://lantern.example"


def page(number: int, paragraphs: int = 3) -> str:
    """Return a news page with two quotations of its own and menus around them."""
    menu = "".join(f'<li><a href="/s/{at}">Section {at}</a></li>' for at in range(20))
    filler = "".join(
        f"<p>The council of the town met for hour {at} of day {number}, and it decided nothing "
        "that anybody in the crowded hall would have called a surprise.</p>"
        for at in range(paragraphs)
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Ferry {number} | Daily Lantern</title>'
        '<meta property="og:site_name" content="Daily Lantern">'
        f'<meta property="article:published_time" content="2025-03-{number % 28 + 1:02}T10:00:00Z">'
        f"</head><body><nav><ul>{menu}</ul></nav><article><h1>Ferry {number}</h1>"
        f"<p>“Ferry number {number} sails at noon,” Ada Quill told reporters on Monday.</p>{filler}"
        f"<p>“Nobody on board of ferry {number} can swim,” said Bruno Quill, her brother.</p>"
        "</article><footer>Copyright 2019</footer></body></html>"
    )


def crawl(pages: dict[str, str | bytes], *, packed: bool = True, **headers: str) -> bytes:
    """Return a crawl of HTML pages by address, with an image and an error page among them."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    for address, html in pages.items():
        _add(writer, address, html, "200 OK", {"Content-Type": "text/html"} | headers)
    _add(writer, f"{HOST}/logo.png", b"\x89PNG", "200 OK", {"Content-Type": "image/png"})
    _add(writer, f"{HOST}/gone", "<p>Gone</p>", "404 Not Found", {"Content-Type": "text/html"})
    return stream.getvalue()


def _add(
    writer: WARCWriter, address: str, content: str | bytes, status: str, headers: dict[str, str]
) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    http = StatusAndHeaders(status, [*headers.items()], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        address, "response", payload=io.BytesIO(raw), http_headers=http
    )
    writer.write_record(record)
