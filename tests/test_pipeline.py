"""One article never ends a batch, whatever goes wrong at it and wherever."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from quotes.database.engine.attempts import attempt
from quotes.database.engine.models import Outlet
from quotes.database.repository import Repository
from quotes.database.session import open_session
from quotes.errors import ArticleError, DatabaseError, FaultError
from quotes.pipeline import Extractor, ingest, reprocess
from quotes.records import Article, ExtractedArticle, Stored, Unchanged
from quotes.workers import in_order
from tests.cli.program import run_process

Outcome = Stored | Unchanged | ArticleError


def article(
    name: str, body: str = "“The bridge stays open,” said Ann Roe.", **facts: str
) -> Article:
    return Article(name, f"{body}\n\nPrinted by {name}.", **facts)  # type: ignore[arg-type]


class Stumbling(Extractor):
    """Has a fault that shows at some articles."""

    def extract(self, article: Article) -> ExtractedArticle:
        if "stumble" in article.body:
            raise KeyError("a fault")
        return super().extract(article)


def letters(count: int) -> str:
    """Return a text that no database can pack."""
    return "".join(random.Random(7).choices(string.ascii_lowercase, k=count))


BAD = [
    article("nul", "“The bridge\x00 stays open,” said Ann Roe."),
    article("half", "“The bridge \udc80 stays open,” said Ann Roe."),
    article("outlet", outlet=letters(9_000), url="https://x.example/1"),
    article("address", url="https://x.example/" + letters(9_000)),
    article("fault", "“We stumble on,” said Ann Roe."),
]


@pytest.mark.parametrize("bad", BAD, ids=[one.source for one in BAD])
def test_one_article_never_ends_a_batch(database_url: str, bad: Article) -> None:
    batch = [article("before"), bad, article("after")]
    with open_session(database_url) as session:
        found = dict(ingested(session, batch))
        again = dict(ingested(session, batch))
    assert isinstance(found["before"], Stored)
    assert isinstance(found[bad.source], ArticleError)
    assert isinstance(found["after"], Stored)
    assert isinstance(again["after"], Unchanged)
    assert isinstance(again[bad.source], ArticleError)
    assert bad.source in str(found[bad.source])
    assert "\n" not in str(found[bad.source])


def ingested(session: Session, batch: list[Article]) -> Iterator[tuple[str, Outcome]]:
    found: list[tuple[str, Outcome]] = []
    ingest(
        batch,
        Repository(session),
        Stumbling(()),
        lambda article, outcome: found.append((article.source, outcome)),
    )
    yield from found


def test_a_fault_is_told_as_ours_with_its_traceback() -> None:
    found = Stumbling(()).attempt(article("fault", "“We stumble on,” said Ann Roe."))
    assert isinstance(found, FaultError)
    assert str(found) == (
        "fault: a fault in quotes (KeyError: 'a fault'), not in the text: --debug shows where; "
        "please report it"
    )
    assert "in extract\n    raise KeyError" in found.trace


def make_stumbling() -> object:
    return Stumbling(()).attempt


def test_too_little_memory_is_no_fault(tmp_path: Path) -> None:
    def fill(_: Article) -> object:
        raise MemoryError

    found = attempt("a.txt", lambda: fill(article("a")))
    assert type(found) is ArticleError
    assert str(found).startswith("a.txt: there is too little memory: end other programs")


def test_a_fault_in_another_process_comes_back_whole() -> None:
    bad = article("fault", "“We stumble on,” said Ann Roe.")
    [(_, found)] = in_order(make_stumbling, [bad], 1)  # type: ignore[arg-type]
    assert isinstance(found, FaultError)
    assert "in extract\n" in found.trace


def test_what_the_database_refuses_is_the_articles(session: Session) -> None:
    row = {"slug": "one", "name": "One", "names": [], "domains": [], "origin": "article"}

    def store() -> None:
        with session.begin():
            session.execute(insert(Outlet), [row, row])

    found = attempt("a.txt", store)
    assert isinstance(found, FaultError)
    assert "IntegrityError" in found.trace or "UniqueViolation" in found.trace


def test_what_would_fail_everywhere_is_raised(database_url: str) -> None:
    def store() -> None:
        with open_session(database_url) as session:
            session.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(Exception, match="nowhere"):
        attempt("a.txt", store)
    with pytest.raises(DatabaseError):
        attempt("a.txt", lambda: open_session(f"{database_url}/no/such").__enter__())


def test_a_name_of_450_words_names_nobody(database_url: str) -> None:
    words = random.Random(5)
    name = " ".join(
        "".join(words.choices(string.ascii_lowercase, k=7)).capitalize() for _ in range(450)
    )
    batch = [article("long", f"“We will not sell the harbour,” said {name}."), article("after")]
    with open_session(database_url) as session:
        found = dict(ingested(session, batch))
    assert found["long"] == Stored(1, 1, 1, 0, ())
    assert isinstance(found["after"], Stored)


def test_reprocessing_goes_on_after_a_fault(database_url: str) -> None:
    batch = [
        article("before"),
        article("fault", "“We stumble on,” said Ann Roe."),
        article("after"),
    ]
    reports = []
    with open_session(database_url) as session:
        ingest(batch, Repository(session), Extractor(()), lambda *_: None)
        reprocess(session, Stumbling(()), reports.append)
        reprocess(session, Stumbling(()), reports.append, dry_run=True)
    assert [[error.source for error in report.failed] for report in reports] == [
        [], ["fault"], [], [], ["fault"], [],
    ]  # fmt: skip


def test_the_command_reports_it_and_goes_on(tmp_path: Path) -> None:
    """The command as it showed: the others are stored, the exit status tells."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("“The bridge stays open,” said Ann Roe.")
    (folder / "b.jsonl").write_text(
        '{"text": "“It stays,” said Bo Lind.", "outlet": "' + letters(9_000) + '"}'
    )
    (folder / "c.txt").write_text("“The harbour stays open,” said Ann Roe.")
    done = run_process(tmp_path / "new.db", "ingest", folder)
    assert done.status == 1
    assert "b.jsonl:1: the outlet is longer than 300 characters: name it shorter" in done.err
    assert "articles stored                      2" in done.out


def test_who_quotes_what_they_said_is_its_speaker() -> None:
    body = "Ann Roe left early. “I said, ‘Close the bridge,’ and they did,” Roe recalled."
    found = Extractor([]).extract(article("nested", body))
    outer, inner = found.quotations[:2]
    assert outer.speaker is not None
    assert inner.speaker is not None
    assert (outer.speaker.name, inner.speaker.name) == ("Ann Roe", "Ann Roe")
    assert (len(found.statements[0]), found.statements[1]) == (1, ())


@pytest.mark.parametrize("before", ["“We sail,” said Ann Roe. ", ""])
@pytest.mark.parametrize("behind", [" met. “No,” said Roe.", ": “No,” said Roe."])
def test_a_word_of_20_000_capitals_ends(before: str, behind: str) -> None:
    found = Extractor([]).extract(Article("a", f"{before}{'A' * 20_000}{behind}"))
    assert found.quotations[-1].quotation.text == "“No,”"
