from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from sqlalchemy import Connection

from quotes.export.collected import collect
from quotes.export.dossier import heading, write_html
from quotes.search.query import SearchQuery
from quotes.search.speakers import speaker_details


class Tags(HTMLParser):
    """Checks that every element is closed, and collects their names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_has_doubt_variants_and_links(stocked: Connection, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    lines = heading(speaker_details(stocked, "ada-quill"), 2)
    assert lines[:2] == ["Ada Quill", "person, female"]
    assert lines[-1].startswith("Met in articles only")
    assert write_html(path, lines, collect(stocked, SearchQuery(speaker="ada-quill"))) == 2
    page = path.read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    assert not tags.open
    assert "script" not in tags.seen
    assert '<a href="https://lantern.example/harbour">Daily Lantern, 2025-03-01</a>' in page
    assert page.count("Why: speaker ") == 2
    assert page.count(": “Ada Quill”; 90 % sure</p>") == 2
    assert '<span class="divergent">MEANING MAY DIFFER</span>' in page
    assert "<del>" in page


def test_what_articles_say_is_not_markup(stocked: Connection, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    (quote,) = collect(stocked, SearchQuery(speaker="bruno-quill"))
    assert write_html(path, ["<script>alert(1)</script>"], [quote]) == 1
    page = path.read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "who said it is uncertain (50 %)" in page
