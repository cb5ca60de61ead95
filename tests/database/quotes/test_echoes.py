"""The same words under two names: one quote, whatever the order; what articles say is kept."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.quotes.rebuild import rebuild
from quotes.database.quotes.regroup import regroup
from quotes.export.rows import export_rows
from quotes.records import ExtractedArticle
from quotes.search.details import quote_details
from quotes.search.query import SearchQuery
from quotes.search.quotes import search_quotes
from tests.factories import article, says
from tests.stored import add, fetch

LEASE = "We will not sell the long-term lease of the harbour to anyone"
SPEECH = f"{LEASE} and the council stands behind every word of that promise."


def articles() -> list[ExtractedArticle]:
    said = [
        (says("A spokesman", LEASE, type="anonymous"), "Courier"),
        (says("Ada Quill", SPEECH, confidence=0.97), "Herald"),
        (says("City Hall", LEASE, type="organisation", confidence=0.9), "Mercury"),
        (says("Bo Thorn", LEASE, confidence=0.95), "Star"),
        (says("Cy Marsh", "stands behind every word of that promise", confidence=0.4), "Sun"),
    ]
    return [
        article(item, outlet=outlet, published=date(2025, 3, 1), source=outlet)
        for item, outlet in said
    ]


def grouped(session: Session) -> set[tuple[str, frozenset[str]]]:
    """Return every quote's speaker with the sources of its renderings."""
    found: dict[tuple[int, str], set[str]] = {}
    with session.begin():
        for row in session.execute(
            text(
                "SELECT q.id, q.speaker_slug, r.source FROM rendering_list r"
                " JOIN quote_list q ON q.id = r.quote_id"
            )
        ):
            found.setdefault((row.id, row.speaker_slug), set()).add(row.source)
    return {(speaker, frozenset(sources)) for (_, speaker), sources in found.items()}


EXPECTED = {("ada-quill", frozenset({"Courier", "Herald", "Mercury", "Star", "Sun"}))}
"""One article each is sure of two people, and the Herald is the surer one."""


@pytest.mark.parametrize("order", list(permutations(range(5)))[::29])
def test_unsure_articles_join_the_surer_speaker_in_any_order(
    session: Session, order: tuple[int, ...]
) -> None:
    everything = articles()
    add(session, [everything[at] for at in order])
    assert grouped(session) == EXPECTED
    rebuild(session, lambda done, total: None, jobs=1)
    assert grouped(session) == EXPECTED


def test_every_article_keeps_what_it_says(session: Session) -> None:
    add(session, articles())
    with session.begin():
        rows = session.execute(text("SELECT source, speaker_slug FROM quotation_list"))
        said = {row.source: row.speaker_slug for row in rows}
        quote = session.scalar(text("SELECT id FROM quote_list"))
        assert quote is not None
        details = quote_details(session.connection(), quote)
    assert said["Courier"] == "a-spokesman"
    assert said["Mercury"] == "city-hall"
    printed = [one for variant in details.variants for one in variant.renderings]
    assert {one.outlet: one.names for one in printed} == {
        "Courier": "A spokesman",
        "Herald": None,
        "Mercury": "City Hall",
        "Star": "Bo Thorn",
        "Sun": "Cy Marsh",
    }


def test_a_person_s_word_is_the_surest_voice(session: Session) -> None:
    add(session, articles())
    with session.begin():
        query = text("SELECT id FROM quotation_list WHERE source = 'Mercury'")
        quotation = session.scalar(query)
        assert quotation is not None
    judge = Judge(session, "Eva")
    judged = judge.attribution(quotation, "city-hall")
    judged_so = {("city-hall", frozenset({"Courier", "Herald", "Mercury", "Star", "Sun"}))}
    assert grouped(session) == judged_so
    rebuild(session, lambda done, total: None, jobs=1)
    assert grouped(session) == judged_so
    judge.undo(judged)
    assert grouped(session) == EXPECTED


def test_words_that_nobody_said_lend_their_speaker_no_more(session: Session) -> None:
    add(session, articles())
    with session.begin():
        quotation = session.scalar(text("SELECT id FROM quotation_list WHERE source = 'Herald'"))
        assert quotation is not None
    judged = Judge(session, "Eva").attribution(quotation, None)
    left = {
        ("bo-thorn", frozenset({"Courier", "Mercury", "Star"})),
        ("cy-marsh", frozenset({"Sun"})),
    }
    assert grouped(session) == left
    rebuild(session, lambda done, total: None, jobs=1)
    assert grouped(session) == left
    Judge(session, "Eva").undo(judged)
    assert grouped(session) == EXPECTED


def test_a_quote_that_articles_surely_give_to_two_people_is_disputed(session: Session) -> None:
    add(session, articles())
    assert fetch(session, "SELECT speaker, disputed FROM quote_list") == [("Ada Quill", 1)]
    disputed = "SELECT source, speaker FROM rendering_list WHERE disputed = 1"
    assert fetch(session, disputed) == [("Star", "Bo Thorn")]
    with session.begin():
        (hit,) = search_quotes(session.connection(), SearchQuery(disputed=True))
        assert (hit.speaker, hit.disputed) == ("Ada Quill", 1)
        assert quote_details(session.connection(), hit.id).disputes == {"Bo Thorn": 1}
        exported = export_rows(session.connection(), "quotations", SearchQuery(disputed=True))
        assert len(list(exported)) == 1


def test_a_person_settles_what_is_disputed(session: Session) -> None:
    add(session, articles())
    ((quotation,),) = fetch(session, "SELECT id FROM quotation_list WHERE source = 'Herald'")
    judged = Judge(session, "Eva").attribution(int(str(quotation)), "ada-quill")
    assert grouped(session) == EXPECTED
    disputed = "SELECT sum(disputed) FROM quote_list"
    assert fetch(session, disputed) == [(0,)]
    Judge(session, "Eva").undo(judged)
    assert fetch(session, disputed) == [(1,)]


def test_the_better_supported_of_two_sure_answers_counts_as_articles_come_and_go(
    session: Session,
) -> None:
    add(session, articles())
    more = article(
        says("Bo Thorn", LEASE, confidence=0.95),
        says(None, "Harbour Notes", kind="none"),  # another text than that of the others
        published=date(2025, 3, 1),
        source="Echo",
    )
    add(session, [more])
    everything = frozenset({"Courier", "Echo", "Herald", "Mercury", "Star", "Sun"})
    assert grouped(session) == {("bo-thorn", everything)}
    assert fetch(session, "SELECT source FROM rendering_list WHERE disputed = 1") == [("Herald",)]
    with session.begin():
        ids = session.scalars(text("SELECT id FROM rendering_list WHERE source = 'Echo'")).all()
        regroup(session, ids, ids)
    assert grouped(session) == EXPECTED
