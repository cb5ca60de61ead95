"""Copies join the quotes of the copies before them: what comes of it is what a rebuild makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.quotes import renderings
from quotes.database.quotes.rebuild import rebuild
from quotes.database.quotes.reprints import join_twins
from quotes.records import ExtractedArticle
from tests.database.quotes.test_rebuild import derived
from tests.factories import HARBOUR, Said, article, says
from tests.stored import add, fetch

DAY = date(2025, 3, 1)
LONG = f"{HARBOUR[:-1]}, not this winter and not in ten years of hard bargaining."
BRIDGE = "The old bridge stays open all winter, whatever the engineers may say."


def copy(number: int, *said: Said, outlet: str | None = None, day: date = DAY) -> ExtractedArticle:
    """Return an article that no other one is taken for."""
    name = outlet or f"Gazette {number * 7 % 10}"
    url = f"https://{number}.example/"
    return article(*said, outlet=name, published=day, url=url, source=url)


def story(number: int) -> list[Said]:
    spokesman = f"anonymous-{number * 37 % 101}-spokesman"
    return [
        says("Ada Quill", HARBOUR, BRIDGE, confidence=0.97),
        says("Bo Reed", "Nobody asked the dockers what they want.", confidence=0.7),
        says(spokesman, "It was a costly mistake.", type="anonymous", confidence=0.8),
        says("Ada Quill", "all winter", confidence=0.6, kind="mixed"),
    ]


def edition(random: Random, number: int) -> list[Said]:
    """Return one of several editions of a story."""
    said = story(number)
    changes = {
        0: lambda: said,
        1: lambda: said[:1],
        2: lambda: [says("Ada Quill", LONG, confidence=0.97), *said[1:]],
        3: lambda: [says("Ada Quill", HARBOUR.replace("won’t", "will")), *said[2:]],
        4: lambda: [*said[:1], says("Cy Dale", said[1].statements[0], confidence=0.97)],
        5: lambda: [says("Ada Quill", HARBOUR.replace("’", "'"), BRIDGE, confidence=0.97)],
        6: lambda: [says("Ada Quill", HARBOUR.title(), confidence=0.97), said[3]],
    }
    return changes[random.choice([0, 0, 0, 1, 2, 2, 2, 3, 4, 5, 5, 6])]()


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each article had twins."""
    found: list[bool] = []

    def spy(session: Session, new: list[int]) -> bool:
        found.append(join_twins(session, new))
        return found[-1]

    monkeypatch.setattr(renderings, "join_twins", spy)
    return found


@pytest.mark.parametrize(
    ("backend", "seed"), [("sqlite", 0), ("sqlite", 1), ("sqlite", 2), ("postgresql", 3)]
)
def test_copies_in_any_order_are_what_a_rebuild_makes(
    session: Session, joined: list[bool], seed: int
) -> None:
    random = Random(seed)
    for number in range(40):
        day = DAY + timedelta(random.choice((0, 0, 1)))
        outlet = random.choice([None, None, "Zeta"])
        found = copy(number, *edition(random, number), outlet=outlet, day=day)
        mark = random.choice([*[None] * 9, "translated", "machine-translated"])
        add(session, [replace(found, article=replace(found.article, provenance=mark))])
        if number % 10 == 9:
            before = derived(session)
            rebuild(session, lambda _done, _all: None)
            assert derived(session) == before
    assert sum(joined) > 5


def test_the_third_copy_is_not_compared(session: Session, joined: list[bool]) -> None:
    add(session, [copy(number, *story(number)) for number in range(5)])
    assert joined == [False, False, True, True, True]


def test_the_first_by_name_stands_for_the_quote(session: Session, joined: list[bool]) -> None:
    papers = ["Herald", "Star", "Zeta", "Echo"]
    add(session, [copy(at, *story(at), outlet=name) for at, name in enumerate(papers)])
    assert joined[-1]
    query = "SELECT outlet FROM rendering_list WHERE relation = 'canonical' AND quote_id = 1"
    assert fetch(session, query) == [("Echo",)]


def test_another_wording_wins_by_the_outlets_of_copies(session: Session) -> None:
    """What outlets support may change with a copy; then everything is compared again."""
    full = says("Ada Quill", LONG, confidence=0.97)
    add(session, [copy(0, full, outlet="Full")])
    for number in range(1, 6):
        add(session, [copy(number, story(0)[0], outlet=f"Gazette {number}")])
        (canonical,) = fetch(session, "SELECT text FROM quotes WHERE id = 1")
        assert canonical == (HARBOUR if number >= 3 else LONG,)


def test_what_was_judged_is_clustered_as_usual(session: Session, joined: list[bool]) -> None:
    add(session, [copy(number, *story(number)) for number in range(3)])
    Judge(session, "Ann").pair("different", "r1", "r6")
    add(session, [copy(3, *story(3))])
    assert not joined[-1]
    before = derived(session)
    rebuild(session, lambda _done, _all: None)
    assert derived(session) == before


def test_the_anonymous_of_copies_are_one_voice(session: Session) -> None:
    add(session, [copy(number, *story(number)) for number in range(6)])
    costly = "SELECT v.articles, s.slug FROM voices v JOIN speakers s ON s.id = v.speaker_id"
    assert fetch(session, f"{costly} WHERE v.text LIKE 'It was%'") == [(6, "anonymous-0-spokesman")]
    assert fetch(session, "SELECT outlets FROM quote_list WHERE text LIKE 'It was%'") == [(6,)]
