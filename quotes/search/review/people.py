"""Names to be looked at: are two speakers one person?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.search.lookup import merged_into
from quotes.search.reading import Record, ask
from quotes.search.review.items import Answer, Item, Passage, Place, Reader, passage

CONTEXT = 160
"""How many characters of an article are shown on each side of a quotation."""
LEAST = 0.55
"""Least score (0-1) of two names that may be one person's, see ``speakers.matching``: either a
surname or forms of one full name, or names that are spelled nearly alike."""

_PEOPLE = """
SELECT slug, name, gender, provisional, quotations FROM speaker_list
 WHERE type = 'person' AND (quotations > 0 OR NOT provisional)
 ORDER BY slug"""

_SPEAKER = "SELECT * FROM speaker_list WHERE slug = :slug"

_JUDGED = """SELECT j."by", j.speaker, j.value FROM judgement_list j
              WHERE j.kind IN ('merge', 'apart') AND j.undone_at IS NULL ORDER BY j.id"""

_QUOTED = """
SELECT q.id, q.article_id, q.start, q."end", q.source, q.published, q.outlet,
       t.mention_start, t.mention_end
  FROM quotation_list q JOIN attributions t ON t.quotation_id = q.id
 WHERE q.speaker_slug = :slug
 ORDER BY t.mention_start IS NULL, q.confidence DESC, q.id
 LIMIT 1"""

_TOGETHER = """
SELECT count(DISTINCT q.article_id) AS articles FROM quotation_list q
  JOIN quotation_list o ON o.article_id = q.article_id
 WHERE q.speaker_slug = :one AND o.speaker_slug = :other"""

Pair = tuple[str, ...]
"""Two slugs: the speaker who may be merged into the other one, and that one."""


def alike(connection: Connection, reader: Reader, most: int | None = None) -> list[Pair]:
    """Return the speakers who may be one person, likeliest first."""
    judged = list(ask(connection, _JUDGED))
    own = {frozenset((row.speaker, row.value)) for row in judged if row.by == reader.by}
    if reader.second:
        pairs: list[Pair] = [(row.speaker, row.value) for row in judged if row.by != reader.by]
        return [pair for pair in dict.fromkeys(pairs) if frozenset(pair) not in own][:most]
    known = {frozenset((row.speaker, row.value)) for row in judged}
    merged = merged_into(connection)
    people = {row.slug: row for row in ask(connection, _PEOPLE) if row.slug not in merged}
    found: dict[frozenset[str], float] = {}
    for one, other, score in _matches(people.values()):
        pair = frozenset((one, other))
        if pair not in known and _may_be_one(people[one], people[other]):
            found[pair] = max(score, found.get(pair, 0.0))
    ranked = sorted(found, key=lambda pair: (-found[pair], sorted(pair)))[:most]
    return [tuple(sorted(pair, key=lambda slug: _weight(people[slug]))) for pair in ranked]


def _matches(people: Iterable[Record]) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of slugs whose names may be one person's, with the score."""
    from quotes.english.folding import name_words, transliterated
    from quotes.speakers.matching import match

    blocks: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for person in people:
        words = [transliterated(word) for word in name_words(person.name)]
        if words:
            blocks["last", words[-1]].append(person)
        if len(words) > 1:
            blocks["first", words[0]].append(person)
    for block in blocks.values():
        for at, person in enumerate(block):
            others = ((other.slug, other.name) for other in block[at + 1 :])
            for found in match(person.name, others, limit=None, least=LEAST):
                yield person.slug, found.slug, found.score


def _may_be_one(one: Record, other: Record) -> bool:
    """Whether there is anything to decide: articles brought one of them, no genders differ.

    Known speakers were told apart when they were loaded.
    """
    met = one.provisional or other.provisional
    return bool(met) and (one.gender or other.gender) == (other.gender or one.gender)


def _weight(person: Record) -> tuple[bool, int, str]:
    return not person.provisional, person.quotations, person.slug


def show_alike(connection: Connection, about: Sequence[str]) -> Item:
    """Return the question whether two speakers are one person; raises UsageError for unknown."""
    one, other = (_speaker(connection, slug) for slug in about)
    (together,) = ask(connection, _TOGETHER, {"one": one.slug, "other": other.slug})
    facts = [_fact(person) for person in (one, other)]
    if together.articles:
        facts.append(f"articles that quote both: {together.articles}")
    return Item(
        queue="names",
        about=(one.slug, other.slug),
        question="Are these one person?",
        passages=tuple(chain.from_iterable(_passages(connection, row) for row in (one, other))),
        facts=tuple(facts),
        answers=(
            Answer("1", f"one person: all is {one.name}’s ({one.slug})", "merge", one.slug),
            Answer("2", f"one person: all is {other.name}’s ({other.slug})", "merge", other.slug),
            Answer("d", "two people", "apart"),
        ),
    )


def _speaker(connection: Connection, slug: str) -> Record:
    for row in ask(connection, _SPEAKER, {"slug": slug}, flags=["provisional"]):
        return row
    raise UsageError(f"no speaker '{slug}' is known; see `quotes speakers list --all`")


def _fact(person: Record) -> str:
    quotations = "1 quotation" if person.quotations == 1 else f"{person.quotations:,} quotations"
    facts = (
        "met in articles" if person.provisional else "known",
        person.gender,
        person.party,
        quotations,
    )
    return f"{person.name} ({person.slug}): {', '.join(fact for fact in facts if fact)}"


def _passages(connection: Connection, person: Record) -> Iterator[Passage]:
    """Yield where the speaker is named most surely, if anywhere."""
    for row in ask(connection, _QUOTED, {"slug": person.slug}, dates=["published"]):
        marks: list[Place] = [
            (row.start, row.end, "quotation"),
            (row.mention_start, row.mention_end, "mention"),
        ]
        yield passage(connection, row, f"n{row.id}", marks, CONTEXT)
