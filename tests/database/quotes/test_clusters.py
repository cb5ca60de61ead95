from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge, Verdict
from quotes.database.quotes.clusters import inherit
from quotes.database.quotes.renderings import StoredRenderings
from quotes.normaliser.fold import fold
from quotes.normaliser.model import Cluster, Member, fingerprint
from quotes.normaliser.normalise import normalise
from quotes.records import ExtractedArticle
from tests.factories import article, says
from tests.stored import add

LEASE = "We will not sell the long-term lease of the harbour to anyone"
PASSAGES = [
    f"{LEASE} and the council stands behind every word of that promise.",
    "The council stands behind every word of that promise and so do the dockers.",
    LEASE,
    "We will sell the long-term lease of the harbour to anyone.",
    "stands behind every word of that promise",
    "The ferries sail on Sundays from the first of June.",
]


def articles() -> list[ExtractedArticle]:
    return [
        article(
            says("Ada Quill", passage),
            outlet=f"Outlet {at}",
            published=date(2025, 3, 1),
            source=str(at),
        )
        for at, passage in enumerate(PASSAGES)
    ]


def empty(session: Session) -> None:
    with session.begin():
        for table in (
            "rendering_keys renderings voice_keys voices variants quotes "
            "attributions speaker_names speakers quotations articles runs outlets"
        ).split():
            session.execute(text(f"DELETE FROM {table}"))


def grouped(session: Session) -> dict[str, set[tuple[str, str]]]:
    """Return the (wording, relation) pairs of each quote by its canonical text."""
    found: dict[str, set[tuple[str, str]]] = {}
    with session.begin():
        for row in session.execute(
            text(
                "SELECT q.text AS quote, r.text, r.relation FROM rendering_list r"
                " JOIN quote_list q ON q.id = r.quote_id"
            )
        ):
            found.setdefault(row.quote, set()).add((row.text, row.relation))
    return found


def make(members: list[int], canonical: int | None = None) -> Cluster:
    return Cluster(
        component=min(members),
        canonical=canonical or members[0],
        members=tuple(Member(key, "identical", 1.0, "") for key in sorted(members)),
    )


@pytest.mark.parametrize(
    ("clusters", "former", "heirs"),
    [
        ([[1, 2]], {}, {}),
        ([[1, 2, 3]], {1: 7, 2: 7}, {0: 7}),
        ([[1, 2, 3]], {1: 7, 2: 8, 3: 8}, {0: 8}),
        ([[1, 2]], {1: 8, 2: 7}, {0: 7}),
        ([[1], [2, 3]], {1: 7, 2: 7, 3: 7}, {1: 7}),
        ([[1], [2]], {1: 7, 2: 7}, {0: 7}),
        ([[1, 4], [2, 3]], {1: 7, 2: 7, 3: 8, 4: 8}, {0: 7, 1: 8}),
        ([[1, 2, 3], [4]], {1: 7, 2: 7, 3: 8, 4: 8}, {0: 7, 1: 8}),
    ],
)
def test_a_quote_lives_on_where_most_of_it_is(
    clusters: list[list[int]], former: dict[int, int], heirs: dict[int, int]
) -> None:
    assert inherit([make(members) for members in clusters], former) == heirs


def test_equal_folds_have_equal_fingerprints() -> None:
    assert fingerprint(fold("We won’t.")) == fingerprint(fold("“we will NOT”"))
    assert fingerprint(fold("We won’t.")) != fingerprint(fold("We will."))
    assert len(fingerprint("x" * 100_000)) == 32


def test_the_order_of_arrival_does_not_matter(session: Session) -> None:
    add(session, articles())
    expected = grouped(session)
    assert 1 < len(expected) < len(PASSAGES)
    orders = list(permutations(range(len(PASSAGES))))[:: len(PASSAGES) * 20 + 1]
    for order in orders:
        empty(session)
        everything = articles()
        add(session, [everything[at] for at in order])
        assert grouped(session) == expected


def test_the_order_breaks_no_ties_of_undated_articles(session: Session) -> None:
    found = set()
    for order in permutations((LEASE, LEASE.upper(), f"{LEASE}!")):
        add(session, [article(says("Ada Quill", words)) for words in order])
        found.add(frozenset((quote, frozenset(said)) for quote, said in grouped(session).items()))
        empty(session)
    assert len(found) == 1


def test_adding_one_by_one_equals_all_at_once(session: Session) -> None:
    add(session, articles())
    with session.begin():
        ids = session.scalars(text("SELECT id FROM renderings")).all()
        renderings = list(StoredRenderings(session).by_id(ids))
        stored = {
            (row.quote_id, row.id): (row.relation, row.component)
            for row in session.execute(
                text(
                    "SELECT r.id, v.quote_id, r.relation, k.component FROM renderings r"
                    " JOIN variants v ON v.id = r.variant_id JOIN quotes k ON k.id = v.quote_id"
                )
            )
        }
    at_once = normalise(renderings)
    homes = {key: quote for quote, key in stored}
    assert len({homes[member.key] for item in at_once for member in item.members}) == len(at_once)
    for item in at_once:
        for member in item.members:
            assert stored[homes[item.canonical], member.key] == (member.relation, item.component)


def test_a_quote_keeps_its_number_when_wordings_join_it(session: Session) -> None:
    passages = articles()
    add(session, [passages[2], passages[5]])
    with session.begin():
        before = {row.text: row.id for row in session.execute(text("SELECT id, text FROM quotes"))}
        variant = session.scalar(
            text("SELECT id FROM variants WHERE quote_id = :quote"), {"quote": before[LEASE]}
        )
    add(session, [passages[3], passages[0]])
    with session.begin():
        quotes = session.execute(text("SELECT id, text FROM quotes ORDER BY id")).all()
        kept = session.scalar(text("SELECT quote_id FROM variants WHERE id = :id"), {"id": variant})
    assert {row.id for row in quotes} >= set(before.values())
    assert kept == before[LEASE]


def test_a_judgement_moves_what_it_names_and_numbers_are_never_used_again(
    session: Session,
) -> None:
    add(session, articles()[2:4])
    with session.begin():
        first, second = session.scalars(text("SELECT id FROM renderings ORDER BY id")).all()
        assert session.scalar(text("SELECT count(*) FROM quotes")) == 1

    def judge(verdict: Verdict) -> list[tuple[int, str]]:
        Judge(session, "Kim").pair(verdict, f"r{first}", f"r{second}")
        with session.begin():
            return [tuple(row) for row in session.execute(text("SELECT id, text FROM quotes"))]

    assert sorted(key for key, _ in judge("different")) == [1, 2]
    (joined,) = judge("same")
    parted = sorted(key for key, _ in judge("different"))
    assert joined[0] in parted
    assert max(parted) == 3


def test_a_quote_of_one_speaker_never_joins_anothers(session: Session) -> None:
    add(
        session,
        [
            article(says(name, "No deal at noon"), source=name)
            for name in ("Ada Quill", "Bruno Quill")
        ],
    )
    with session.begin():
        assert session.scalar(text("SELECT count(*) FROM quotes")) == 2


def test_a_fragment_that_fits_two_quotes_is_recorded_as_articles_come_and_go(
    session: Session,
) -> None:
    whole = "The harbour tunnel is a monument to vanity."
    other = "Nurses built a monument to vanity out of unpaid invoices."
    query = text("SELECT text, also_text FROM ambiguity_list")

    def said(words: str) -> ExtractedArticle:
        return article(says("Ada Quill", words), published=date(2025, 3, 1), source=words)

    add(session, [said("a monument to vanity"), said(whole)])
    with session.begin():
        assert session.execute(query).all() == []
    add(session, [said(other)])
    with session.begin():
        (row,) = session.execute(query).all()
        assert row.text == "a monument to vanity"
        assert row.also_text in (whole, other)
        quotation = session.scalar(
            text("SELECT id FROM quotation_list WHERE source = :source"),
            {"source": row.also_text},
        )
        assert quotation is not None
    Judge(session, "Eva").attribution(quotation, None)
    with session.begin():
        assert session.execute(query).all() == []
