from __future__ import annotations

import dataclasses
from datetime import date
from types import ModuleType

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from quotes.database import repository as module
from quotes.database.engine.models import Base
from quotes.database.extractions import articles, quotations
from quotes.database.quotes.rebuild import rebuild
from quotes.database.repository import Repository
from quotes.database.session import open_connection
from quotes.errors import ArticleError
from quotes.records import Completed, Evidence, ExtractedArticle, Span, Stored, Unchanged
from tests.factories import article, says, with_links

URL = "https://lantern.example/harbour"
BRIDGE = says("Ada Quill", "The old bridge stays open all winter.")


def add(repository: Repository, extracted: ExtractedArticle) -> Stored | Unchanged:
    return repository.add_article(extracted, repository.start_run("no-model 1.0"))


def fetch(session: Session, statement: str) -> list[tuple[object, ...]]:
    with session.begin():
        return [tuple(row) for row in session.execute(text(statement))]


def contents(session: Session) -> dict[str, list[tuple[object, ...]]]:
    tables = sorted(Base.metadata.tables.keys() - {"runs"})
    return {table: sorted(fetch(session, f"SELECT * FROM {table}"), key=str) for table in tables}


def test_everything_in_the_records_is_stored(repository: Repository, session: Session) -> None:
    extracted = with_links(
        article(
            says("Ada Quill", "The old bridge stays open.", "The new one opens in May."),
            says("Ada Quill", "in May", kind="mixed", mention="Quill", rule="surname"),
            says(None, "Nobody knows."),
            says("Ada Quill", "Queen of the Quay", kind="none"),
            outlet="Daily Lantern",
            published=date(2025, 3, 1),
            url=URL,
            title="Bridges",
        ),
        child=1,
        parent=0,
    )
    first = extracted.quotations[0]
    attribution = dataclasses.replace(first.attribution, reporter=Span(0, 1, "“"))
    speaker = dataclasses.replace(
        first.speaker,
        confidence=0.5,
        on_behalf_of="Harbour Board",
        evidence=(Evidence("name", 0, 1, "“"),),
    )
    changed = dataclasses.replace(first, attribution=attribution, speaker=speaker)
    extracted = dataclasses.replace(extracted, quotations=(changed, *extracted.quotations[1:]))

    stored = add(repository, extracted)

    assert stored == Stored(stored.article_id, version=1, quotations=4, attributed=3)
    ((body, title, language),) = fetch(session, "SELECT body, title, language FROM articles")
    assert (body, title, language) == (extracted.article.body, "Bridges", None)
    quotations = fetch(
        session,
        'SELECT id, start, "end", text, kind, parent_id, continues_id FROM quotations ORDER BY id',
    )
    for row, item in zip(quotations, extracted.quotations, strict=True):
        assert row[1:5] == (
            item.quotation.start,
            item.quotation.end,
            body[row[1] : row[2]],
            item.quotation.kind,
        )
    assert [row[5:] for row in quotations] == [
        (None, None),
        (quotations[0][0], quotations[0][0]),
        (None, None),
        (None, None),
    ]
    assert fetch(
        session,
        "SELECT mention, cue, reporter, rule, confidence, reason, speaker_rule,"
        " speaker_confidence, on_behalf_of FROM attributions ORDER BY quotation_id",
    )[::2] == [
        ("Ada Quill", "said", "“", "subject", 0.9, None, "full-name", 0.5, "Harbour Board"),
        (None, None, None, "none", 0.9, "no source named", None, None, None),
    ]
    renderings = fetch(session, 'SELECT start, "end", text, variant_id FROM renderings ORDER BY id')
    assert [row[2] for row in renderings] == [
        "The old bridge stays open.",
        "The new one opens in May.",
        "in May",
        "Nobody knows.",
    ]
    assert all(body[row[0] : row[1]] == row[2] for row in renderings)
    assert [row[3] is None for row in renderings] == [False, False, False, True]
    confidences = fetch(session, "SELECT confidence FROM quotation_list ORDER BY id")
    assert confidences[0][0] == pytest.approx(0.45)


def test_the_same_article_again_changes_nothing(repository: Repository, session: Session) -> None:
    extracted = article(BRIDGE, outlet="Daily Lantern", url=URL, title="Bridges")
    first = add(repository, extracted)
    before = contents(session)
    moved = dataclasses.replace(extracted.article, source="elsewhere.txt", title="New headline")
    assert repository.find(moved) == Unchanged(first.article_id)
    assert add(repository, dataclasses.replace(extracted, article=moved)) == Unchanged(
        first.article_id
    )
    assert contents(session) == before


def test_a_text_in_two_outlets_is_two_articles(repository: Repository, session: Session) -> None:
    for outlet in ("Daily Lantern", "Evening Post"):
        assert isinstance(add(repository, article(BRIDGE, outlet=outlet)), Stored)
        assert isinstance(add(repository, article(BRIDGE, outlet=outlet)), Unchanged)
    assert isinstance(add(repository, article(BRIDGE)), Unchanged)
    assert fetch(session, "SELECT variants, renderings, outlets FROM quote_list") == [(1, 2, 2)]


DAY = date(2025, 3, 1)


def test_facts_that_come_later_complete_an_article(
    repository: Repository, session: Session
) -> None:
    first = add(repository, article(BRIDGE))
    quote = fetch(session, "SELECT id FROM quote_list")
    later = article(BRIDGE, outlet="Daily Lantern", published=DAY, title="Bridges")
    whole = repository.find(later.article)
    assert not isinstance(whole, Unchanged)
    assert (whole.outlet, whole.published, whole.source) == ("Daily Lantern", DAY, "article.txt")
    done = add(repository, dataclasses.replace(later, article=whole))
    assert done == Completed(first.article_id, ("outlet", "published", "title"), 1)
    facts = "SELECT outlet, CAST(published AS TEXT), title FROM quotation_list"
    assert fetch(session, facts) == [("Daily Lantern", "2025-03-01", "Bridges")]
    assert fetch(session, "SELECT id FROM quote_list") == quote
    for again in (later, article(BRIDGE), article(BRIDGE, published=DAY)):
        assert repository.find(again.article) == Unchanged(first.article_id)
        assert add(repository, again) == Unchanged(first.article_id)
    assert fetch(session, "SELECT count(*) FROM articles") == [(1,)]


def test_a_url_that_comes_later_makes_a_version(repository: Repository, session: Session) -> None:
    add(repository, article(says("Ada Quill", "The bridge is new."), url=URL))
    bare = add(repository, article(BRIDGE, outlet="Daily Lantern"))
    done = add(repository, article(BRIDGE, outlet="Daily Lantern", url=URL))
    assert done == Completed(bare.article_id, ("url",), 1)
    assert fetch(session, "SELECT version, first_id FROM articles ORDER BY id") == [
        (1, None),
        (2, 1),
    ]


def test_what_two_articles_tell_otherwise_keeps_them_apart(repository: Repository) -> None:
    for extracted in (
        article(BRIDGE, outlet="Daily Lantern", published=DAY),
        article(BRIDGE, outlet="Daily Lantern", published=date(2025, 3, 2)),
        article(BRIDGE, outlet="Evening Post", published=DAY),
        article(BRIDGE, outlet="Evening Post", published=DAY, url=URL + "?1"),
        article(BRIDGE, outlet="Evening Post", published=DAY, url=URL + "?2"),
    ):
        assert not isinstance(add(repository, extracted), Unchanged)
    assert repository.stats().articles == 4  # the first URL is that of the one before


def test_nothing_is_learnt_where_several_articles_fit(repository: Repository) -> None:
    first = add(repository, article(BRIDGE, outlet="Daily Lantern"))
    add(repository, article(BRIDGE, outlet="Evening Post"))
    assert add(repository, article(BRIDGE, published=DAY)) == Unchanged(first.article_id)


def test_an_article_that_is_completed_is_clustered_by_its_day(
    repository: Repository, session: Session
) -> None:
    """As if it had come with its day at once."""
    other = says("Ada Quill", "The old bridge stays open all winter, and the new one opens in May.")
    texts = [BRIDGE, other, says("Bruno Quill", "The old bridge stays open all winter.")]
    for at, said in enumerate(texts):
        add(repository, article(said, outlet=f"Post {at}", source=f"{at}"))
    for at, said in enumerate(texts):
        day = date(2025 + 3 * at, 3, 1)
        done = add(repository, article(said, outlet=f"Post {at}", published=day, source=f"{at}"))
        assert isinstance(done, Completed)

    def clusters() -> list[tuple[object, ...]]:
        order = "ORDER BY first_published, text"
        return fetch(
            session,
            "SELECT text, speaker, first_published, last_published, variants, renderings"
            f" FROM quote_list {order}",
        )

    kept = {"rendering_keys"}
    completed, keys = clusters(), {name: contents(session)[name] for name in kept}
    rebuild(session, lambda *_: None)
    assert clusters() == completed
    assert {name: contents(session)[name] for name in kept} == keys


def test_a_new_text_at_a_known_url_is_a_new_version(
    repository: Repository, session: Session
) -> None:
    other = article(says("Ada Quill", "The old bridge stays open all winter long."), url=URL)
    first = add(repository, article(BRIDGE, url=URL))
    second = add(repository, other)
    assert (first.version, second.version) == (1, 2)
    assert add(repository, article(BRIDGE, url=URL)) == Unchanged(first.article_id)
    assert fetch(session, "SELECT version, first_id FROM articles ORDER BY id") == [
        (1, None),
        (2, first.article_id),
    ]
    assert fetch(session, "SELECT variants, renderings, outlets FROM quote_list") == [(2, 2, 1)]


def test_a_quotation_of_several_statements_names_the_longest(
    repository: Repository, session: Session
) -> None:
    add(repository, article(says("Ada Quill", "No.", "The harbour is not for sale to anyone.")))
    ((quote_id,),) = fetch(session, "SELECT quote_id FROM quotation_list")
    assert fetch(session, f"SELECT text FROM quotes WHERE id = {quote_id}") == [
        ("The harbour is not for sale to anyone.",)
    ]


def test_divergent_wordings_are_counted(repository: Repository, session: Session) -> None:
    for at, wording in enumerate(
        [
            "We will not sell the harbour to anyone.",
            "We won't sell the harbour to anyone",
            "We will sell the harbour to anyone.",
        ]
    ):
        add(repository, article(says("Ada Quill", wording), published=date(2025, 3, 1 + at)))
    assert fetch(
        session,
        "SELECT text, variants, renderings, outlets, divergent, first_published, last_published"
        " FROM quote_list",
    )[0][:5] == ("We will not sell the harbour to anyone.", 2, 3, 3, 1)
    relations = fetch(session, "SELECT relation FROM rendering_list ORDER BY id")
    assert [row[0] for row in relations] == ["canonical", "identical", "divergent"]
    listed = fetch(session, "SELECT relation, renderings, outlets FROM variant_list ORDER BY id")
    assert listed == [("canonical", 2, 2), ("divergent", 1, 1)]


@pytest.mark.parametrize(
    ("home", "step"),
    [
        (articles, "add_article"),
        (module, "speaker_ids"),
        (quotations, "add_quotations"),
        (quotations, "add_attributions"),
        (quotations, "add_renderings"),
        (module, "cluster"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_interrupt_leaves_nothing(
    repository: Repository,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    home: ModuleType,
    step: str,
) -> None:
    add(repository, article(says("Ada Quill", "The harbour is not for sale to anyone.")))
    before = contents(session)
    whole = getattr(home, step)

    def interrupted(*arguments: object) -> None:
        whole(*arguments)
        raise KeyboardInterrupt

    extracted = article(BRIDGE, outlet="Evening Post")
    with monkeypatch.context() as patched:
        patched.setattr(home, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            add(repository, extracted)
    assert contents(session) == before
    assert isinstance(add(repository, extracted), Stored)
    assert fetch(session, "SELECT count(*) FROM outlets") == [(1,)]


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"body": "“Yes\x00”"}, "contains a NUL character"),
        ({"body": "“Yes\ud800”"}, "half a surrogate pair"),
        ({"title": "Yes\x00"}, "contains a NUL character"),
        ({"url": "https://x.example/" + "a" * 3000}, "longer than 2,000 characters"),
    ],
)
def test_what_cannot_be_stored_exactly_is_refused(
    repository: Repository, session: Session, broken: dict[str, str], message: str
) -> None:
    extracted = article(BRIDGE)
    record = dataclasses.replace(extracted.article, **broken)
    found = repository.find(record)
    assert isinstance(found, ArticleError)
    assert message in str(found)
    with pytest.raises(ArticleError, match=message):
        add(repository, dataclasses.replace(extracted, article=record))
    assert fetch(session, "SELECT count(*) FROM articles") == [(0,)]


def test_a_very_long_statement_is_stored(repository: Repository, session: Session) -> None:
    words = " ".join(f"word{number}" for number in range(20_000))
    add(repository, article(says("Ada Quill", words)))
    assert fetch(session, "SELECT length(text) FROM quotes") == [(len(words),)]


def test_an_article_without_quotations_is_stored(repository: Repository) -> None:
    assert add(repository, article()) == Stored(1, version=1, quotations=0, attributed=0)


def test_runs_are_kept(repository: Repository, session: Session) -> None:
    run = repository.start_run("en_core_web_sm 3.8.0")
    repository.finish_run(run, articles=3, unchanged=2, failed=1, quotations=7)
    rows = fetch(session, "SELECT model, articles, unchanged, failed, quotations FROM runs")
    assert rows == [("en_core_web_sm 3.8.0", 3, 2, 1, 7)]
    assert fetch(session, "SELECT count(*) FROM runs WHERE finished >= started") == [(1,)]


def test_stats(repository: Repository) -> None:
    add(repository, article(BRIDGE, says(None, "Nobody knows."), outlet="Daily Lantern"))
    stats = repository.stats()
    assert dataclasses.asdict(stats) == {
        "articles": 1,
        "outlets": 1,
        "quotations": 2,
        "attributed": 1,
        "speakers": 1,
        "quotes": 1,
        "variants": 1,
        "renderings": 2,
    }


def test_two_writers_take_turns(database_url: str, repository: Repository) -> None:
    from threading import Thread

    from quotes.database.session import open_session

    def work(name: str) -> None:
        with open_session(database_url) as session:
            writer = Repository(session)
            run = writer.start_run(name)
            for number in range(8):
                said = says("Ada Quill", f"The bridge stays open for {number + 3} winters or more.")
                writer.add_article(
                    article(said, outlet="Daily Lantern", url=f"{name}{number}"), run
                )

    threads = [Thread(target=work, args=(f"https://{name}.example/",)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stats = repository.stats()
    assert (stats.articles, stats.renderings, stats.speakers, stats.outlets) == (16, 16, 1, 1)


def test_readers_see_what_was_committed(repository: Repository, database_url: str) -> None:
    add(repository, article(BRIDGE))
    connection: Connection
    with open_connection(database_url) as connection:
        assert connection.scalar(text("SELECT count(*) FROM quote_list")) == 1
