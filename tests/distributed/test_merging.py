"""Merged past one machine, quotes are those of ``quotes normalise --rebuild``."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import made
import outcomes
import pyarrow as pa
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.engine.transaction import whole
from quotes.database.extractions.runs import start_run
from quotes.database.judgements.judge import Judge
from quotes.database.loading import Loader
from quotes.database.quotes.rebuild import rebuild
from quotes.database.session import open_session
from quotes.distributed import merging
from quotes.distributed.batches import Batch
from quotes.distributed.known import judged_in
from quotes.distributed.statements import JUDGED_PAIRS, Judged
from quotes.records import ExtractedArticle
from tests.factories import TOWN, article, says

FIRST = date(2015, 1, 1)
Extracted = Callable[..., Batch]


def spread_out(articles: Sequence[ExtractedArticle], days: int) -> list[ExtractedArticle]:
    """Return articles with so many times as much time between them."""
    return [
        dataclasses.replace(one, article=dataclasses.replace(one.article, published=day))
        for one in articles
        for known in [one.article.published]
        for day in [known and FIRST + timedelta((known - FIRST).days * days)]
    ]


ALL = [*made.made_articles(600, seed=3)]
OATH = "We will guard the old harbour and its lighthouse for the people of this stubborn town"
LEASE = "We will never sell the long-term lease of the harbour to anyone"
EVERYBODY = [
    article(
        says(f"Ada {chr(65 + at % 26)}reed{at}", OATH, confidence=0.6 if at % 5 == 3 else 0.95),
        published=FIRST + timedelta(at // 6),
        source=f"{at}",
    )
    for at in range(240)
]
"""Words of so many people that they are common in one period, and not in those beside it."""
SPOKESMEN = [
    article(
        says(f"Anonymous {at} spokesman", OATH, type="anonymous", confidence=0.7 + 0.1 * at),
        says("Anonymous source", LEASE, type="anonymous", confidence=0.7),
        published=FIRST,
        source=f"{at}",
    )
    for at in range(3)
] + [
    article(
        says("Officials", OATH, LEASE, f"Number {at}.", type="group", confidence=0.6),
        published=FIRST,
        source=f"{at}",
    )
    for at in range(3, 5)
]
"""Copies whose source has no name are one voice, which counts as one article's."""
OFFICES = [
    article(says("Ada Quill", OATH), published=FIRST, source="0"),
    article(says("Bo Reed", OATH, confidence=0.95), published=FIRST, source="1"),
    article(says("Ada Quill", "Rain.", type="group"), published=FIRST, source="2"),
]
"""The last article takes a person for a group: she stays what the first one makes her."""
SETS = {
    "town": TOWN,
    "everybody": EVERYBODY,
    "spokesmen": SPOKESMEN,
    "offices": OFFICES,
    "month": ALL,
    "years": spread_out(ALL, 30),
}


def stored(session: Session, articles: Sequence[ExtractedArticle]) -> set[outcomes.Quote]:
    """Return the quotes of a database that merges these articles from the beginning."""
    with whole(session):
        Loader(session, start_run(session, "made")).add(articles)
    rebuild(session, lambda *_: None)
    return outcomes.in_database(session)


@pytest.fixture
def sqlite_session(sqlite_template: Callable[[str], Path], tmp_path: Path) -> Session:
    path = tmp_path / "quotes.db"
    path.write_bytes(sqlite_template("migrated").read_bytes())
    with open_session(str(path)) as session:
        yield session


@pytest.mark.parametrize("name", SETS)
def test_quotes_are_those_of_a_rebuild(
    extracted: Extracted, sqlite_session: Session, name: str
) -> None:
    expected = stored(sqlite_session, SETS[name])
    batch = extracted(SETS[name])
    merging.merge(batch, Judged())
    found = outcomes.in_batch(batch.folder.address)
    assert found == expected
    assert len(found) > 1
    if name == "month":
        assert any(quote[4] for quote in found)  # disputed
        assert any(len(doubt) > 1 for quote in found for doubt in quote[7])


@pytest.mark.parametrize("name", ["month", "years"])
def test_speakers_in_parts_have_the_same_quotes(extracted: Extracted, name: str) -> None:
    found = []
    for heavy, most in ((merging.HEAVY, merging.BIN), (20, 15)):
        batch = extracted(SETS[name], f"{heavy}")
        merging.merge(batch, Judged(), heavy=heavy, most=most)
        found.append(outcomes.in_batch(batch.folder.address))
        large = (batch.stages.manifest("clusters") or {})["heavy"]
        assert bool(large) == (heavy == 20)
    assert found[0] == found[1]


def test_what_people_joined_holds_where_several_speakers_are_in_parts(extracted: Extracted) -> None:
    batch = extracted(ALL)
    merging.merge(batch, Judged())
    without = outcomes.in_batch(batch.folder.address)
    pairs = pa.Table.from_pylist([*far_apart(without)], schema=JUDGED_PAIRS)
    found = []
    for heavy in (merging.HEAVY, 20):
        merging.merge(batch, Judged(pairs=pairs), heavy=heavy, most=15)
        found.append(outcomes.in_batch(batch.folder.address))
    assert len((batch.stages.manifest("clusters") or {})["heavy"]) > 2
    assert found[0] == found[1] != without


def far_apart(quotes: set[outcomes.Quote]) -> Iterator[dict[str, object]]:
    """Join for each of the loudest speakers the quotes that have most renderings."""
    by_speaker: dict[str, list[outcomes.Quote]] = defaultdict(list)
    for quote in sorted(quotes, key=lambda quote: (-len(quote[6]), str(quote))):
        by_speaker[quote[0]].append(quote)
    loudest = sorted(by_speaker.values(), key=len)[-3:]
    for number, (one, other, *_) in enumerate(loudest):
        ends = {"left": one[6][0][0], "right": other[6][0][0]}
        yield {"verdict": "same", "number": number, **ends}


def test_the_order_of_articles_makes_no_difference(extracted: Extracted) -> None:
    found = []
    for at, articles in enumerate((ALL, ALL[::-1])):
        batch = extracted(articles, str(at))
        batch.engine.parts = 2 + 3 * at
        merging.merge(batch, Judged())
        found.append(outcomes.in_batch(batch.folder.address))
    assert found[0] == found[1]


JUDGED = [
    article(says("Ada Quill", LEASE), says("Bo Reed", "Rain."), outlet="A", source="a"),
    article(says("Ada Quill", LEASE + "!"), published=date(2025, 3, 1), source="b"),
    article(says("Ada Quill", LEASE.replace("never ", "")), outlet="C", source="c"),
    article(says("Bo Reed", "The old bridge stays open all winter."), outlet="D", source="d"),
    article(says("Cy Dale", "The old bridge will be open in winter."), outlet="E", source="e"),
    article(says("Cy Dale", "A Man of the Bridge", kind="none"), outlet="F", source="f"),
    article(says("Di Marsh", "Nobody asked the nurses about it."), outlet="G", source="g"),
    article(says("Ada Quill", f"{LEASE} in town"), says("Ada Quill", "No."), source="h"),
    article(says("Di Marsh", "Every ferry has to carry a doctor"), outlet="I", source="i"),
    article(says("Eve Roe", "Every ferry has to carry a doctor and a nurse"), source="j"),
]


def test_what_people_decided_holds(extracted: Extracted, database_url: str) -> None:
    with open_session(database_url) as session:
        stored(session, JUDGED)
        with session.begin():
            query = "SELECT a.source, min(r.id) FROM renderings r JOIN articles a"
            ids = dict(session.execute(text(f"{query} ON a.id = r.article_id GROUP BY 1")).all())
            query = "SELECT a.source, max(q.id) FROM quotations q JOIN articles a"
            said = dict(session.execute(text(f"{query} ON a.id = q.article_id GROUP BY 1")).all())
            articles = dict(session.execute(text("SELECT source, id FROM articles")).all())
        judge = Judge(session, "Ada")
        judge.pair("different", f"r{ids['a']}", f"r{ids['b']}")
        judge.attribution(said["e"], "bo-reed")
        judge.pair("same", f"r{ids['d']}", f"r{ids['e']}")
        judge.kind(said["f"], "direct")
        judge.kind(said["g"], "none")
        judge.edit(articles["c"], {"published": date(2025, 3, 2)})
        judge.remove(articles["h"])
        judge.merge_outlet("d", "e")
        judge.merge("eve-roe", "di-marsh")
        judge.canonical(f"r{ids['i']}")
        rebuild(session, lambda *_: None)
        expected = outcomes.in_database(session)
    batch = extracted(JUDGED)
    merging.merge(batch, Judged())
    without = outcomes.in_batch(batch.folder.address)
    judged = judged_in(database_url)
    for heavy in (merging.HEAVY, 1):
        merging.merge(batch, judged, heavy=heavy)
        assert outcomes.in_batch(batch.folder.address) == expected
    assert expected != without
    merging.merge(batch, Judged())
    assert outcomes.in_batch(batch.folder.address) == without
