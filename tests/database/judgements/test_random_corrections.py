"""Whatever people correct, and in whatever order they undo it: the state is that from before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import get_args

from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.session import open_session
from quotes.errors import UsageError
from quotes.records import Provenance
from tests.stored import fetch

QUERIES = (
    "SELECT id, speaker_slug, kind, rule, confidence, reason FROM quotation_list ORDER BY id",
    "SELECT speaker_slug, text, variants, renderings, outlets, first_published, divergent,"
    " disputed, confidence FROM quote_list ORDER BY speaker_slug, text",
    "SELECT quotation_id, rendering_start, speaker_slug, outlet, relation FROM rendering_list"
    " ORDER BY quotation_id, rendering_start",
    "SELECT id, title, outlet, published, url, byline, language, provenance FROM article_list"
    " ORDER BY id",
    "SELECT slug, name, provenance, articles, quotations FROM outlet_list ORDER BY slug",
    "SELECT s.slug, s.name, s.type, s.provisional, s.gender, n.name FROM speakers s"
    " JOIN speaker_names n ON n.speaker_id = s.id ORDER BY s.slug, n.name",
)

MARKS = (None, *get_args(Provenance))


def state(session: Session) -> list[list[tuple[object, ...]]]:
    """Return everything that corrections may change, by lasting names."""
    return [fetch(session, query) for query in QUERIES]


def attempt(session: Session, judge: Judge, random: Random) -> int:
    """Make one correction of any sort; raises UsageError where it makes no sense."""

    def pick(query: str) -> str:
        return str(random.choice(fetch(session, query) or [(0,)])[0])

    speaker = "SELECT slug FROM speakers ORDER BY slug"
    outlet = "SELECT slug FROM outlets ORDER BY slug"
    quotation = int(pick("SELECT id FROM quotations ORDER BY id"))
    article = int(pick("SELECT id FROM articles ORDER BY id"))
    name = random.choice(["Cleo Marsh", "Dan Reed", "Eva Stone", "Ada Quill", "F. Moor"])
    paper = random.choice(["Hill Courier", "Daily Lantern", "Quay Times", "Evening Post"])
    letter, view = random.choice(
        [("q", "quote_list"), ("v", "variant_list"), ("r", "rendering_list")]
    )
    statements = [f"{letter}{pick(f'SELECT id FROM {view} ORDER BY id')}" for _ in range(2)]
    day = date(2025, 3, 1) + timedelta(days=random.randrange(30))
    decisions: list[Callable[[], int]] = [
        lambda: judge.attribution(quotation, random.choice([None, pick(speaker)])),
        lambda: judge.kind(quotation, random.choice(["direct", "mixed", "none"])),
        lambda: judge.pair(random.choice(["same", "different"]), *statements),
        lambda: judge.meaning(random.choice(["changed", "same"]), *statements),
        lambda: judge.apart(pick(speaker), pick(speaker)),
        lambda: judge.add(name, random.choice(["person", "group"])),
        lambda: judge.alias(pick(speaker), name),
        lambda: judge.rename(pick(speaker), name),
        lambda: judge.confirm(pick(speaker)),
        lambda: judge.merge(pick(speaker), pick(speaker)),
        lambda: judge.split(pick(speaker), name, spelling=random.choice(["Ada Quill", "Quill"])),
        lambda: judge.split(pick(speaker), name, quotations=[quotation]),
        lambda: judge.edit(article, {"outlet": random.choice([None, paper]), "published": day}),
        lambda: judge.edit(article, {"title": name, "byline": name}),
        lambda: judge.edit(article, {"provenance": random.choice(MARKS)}),
        lambda: judge.edit_outlet(pick(outlet), random.choice(MARKS)),
        lambda: judge.edit(article, {"url": f"https://{random.randrange(4)}.example/"}),
        lambda: judge.remove(article if article > 2 else 0),  # so that something stays
        lambda: judge.rename_outlet(pick(outlet), paper),
        lambda: judge.merge_outlet(pick(outlet), pick(outlet)),
    ]
    return random.choice(decisions)()


def test_a_hundred_corrections_undone_in_any_order(stocked_url: str, backend: str) -> None:
    random = Random(backend)  # each database has its own hundred
    with open_session(stocked_url) as session:
        before = state(session)
        judge = Judge(session, "Ann")
        made: list[int] = []
        refused = 0
        while len(made) < 100:
            try:
                made.append(attempt(session, judge, random))
            except UsageError:
                refused += 1
                assert refused < 1000
        assert state(session) != before
        random.shuffle(made)
        while made:
            left = [number for number in made if not undone(judge, number)]
            assert len(left) < len(made)  # something can always be undone
            made = left
        assert state(session) == before
        standing = "SELECT count(*) FROM judgement_list WHERE kind <> 'undo' AND undone_at IS NULL"
        assert fetch(session, standing) == [(0,)]


def undone(judge: Judge, number: int) -> bool:
    """Undo a judgement; return False where another one has to be undone first."""
    try:
        judge.undo(number)
    except UsageError:
        return False
    return True
