"""``docs/distributed.md``: its walk-through and its questions, over pages of our own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.articles.crawls import crawl
from tests.cli.program import run
from tests.sessions import play

PAGE = Path("docs/distributed.md").resolve()
QUESTIONS = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
PAPERS = ("Daily Lantern", "Evening Post", "Hill Courier", "Harbour News")
PEOPLE = ("Ada Quill", "Bruno Reed", "Cleo Marsh", "Dora Lind", "Emil Holt")
PLACES = "harbour,bridge,library,market,school,tower,station,bakery,theatre,garden".split(",")
DEEDS = "paint,close,flood,sell,rebuild,lease,measure".split(",")
REASONS = "winter ruined its roof,nurses asked for a clinic,trains never stop there".split(",")
REASONS += "rats have eaten the floor,a ferry costs less,children need somewhere dry".split(",")
REASONS += "the baker moved to Sweden,no tourist ever found it".split(",")


def news(number: int) -> tuple[str, str]:
    """Return the address and the page of an article: four papers on each of fifty events.

    The last paper leaves the end of the quotation out.
    """
    event, paper = divmod(number, len(PAPERS))
    place, deed = PLACES[event % 10], DEEDS[event % 7]
    outlet, who = PAPERS[paper], PEOPLE[event // 10]
    words = f"We {deed} the old {place} because {REASONS[event % 8]}"
    words += "" if paper == 3 else ", and that is all there is to say"
    day = f"2025-{event % 3 + 1:02}-{paper + 1:02}"
    filler = "<p>The council met in the crowded hall, talked for hours and decided nothing.</p>"
    html = (
        f'<html lang="en"><head><title>What becomes of the {place}</title>'
        f'<meta property="og:site_name" content="{outlet}">'
        f'<meta property="article:published_time" content="{day}T10:00:00Z"></head><body><article>'
        f"<h1>What becomes of the {place}</h1>"
        f"<p>“{words},” {who} told reporters on Monday.</p>{filler * 4}</article></body></html>"
    )
    return f"https://paper{paper}.example/{event}", html


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a crawl of 200 pages in two files; the current one while a test runs."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "crawl").mkdir()
    for at, numbers in enumerate((range(100), range(100, 200))):
        (folder / f"crawl/{at}.warc.gz").write_bytes(crawl(dict(map(news, numbers))))
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


@pytest.mark.parametrize("backend", ["postgresql"])
def test_from_a_crawl_to_a_search(town: Path, empty_url: str) -> None:
    play(PAGE, empty_url)


@pytest.fixture(scope="module")
def merged(town: Path) -> None:
    """The crawl, extracted and merged."""
    extract = run("none.db", "batch", "extract", "crawl", "--out", "news", "--jobs", 1)
    merge = run("none.db", "batch", "merge", "--out", "news", "--jobs", 1)
    assert (extract.status, merge.status) == (0, 0)


@pytest.mark.usefixtures("merged")
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_to_the_files(question: str) -> None:
    found = duckdb.sql(question)
    rows = found.fetchall()
    assert rows
    assert all(value is not None for row in rows for value in row), found
    if "attributed" in found.columns:
        assert [row[:2] for row in rows] == [("2025-01", 68), ("2025-02", 68), ("2025-03", 64)]
        assert {row[2] for row in rows} == {100.0}


def test_there_are_five_questions() -> None:
    assert len(QUESTIONS) == 5
