"""Names to be looked at: are two speakers one person?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, combinations

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
SELECT s.id, s.slug, s.name, s.gender, s.provisional FROM speakers s
 WHERE s.type = 'person'
   AND (NOT s.provisional OR EXISTS (SELECT 1 FROM attributions t WHERE t.speaker_id = s.id))
 ORDER BY s.slug"""

_WEIGHTS = """
SELECT s.slug, NOT s.provisional AS known,
       (SELECT count(*) FROM attributions t WHERE t.speaker_id = s.id) AS quotations
  FROM speakers s WHERE s.slug IN :slugs"""

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

MOST_SHARING = 50
"""What more names than these have in common tells little of any two of them."""

Key = tuple[str, ...]
Name = tuple[str, str, bool]
"""Slug and name of a speaker, and whether articles alone brought them."""

Pair = tuple[str, ...]
"""Two slugs: the speaker who may be merged into the other one, and that one."""


def alike(connection: Connection, reader: Reader, most: int) -> list[Pair]:
    """Return speakers who may be one person, likeliest first, at most so many pairs."""
    judged = list(ask(connection, _JUDGED))
    own = {frozenset((row.speaker, row.value)) for row in judged if row.by == reader.by}
    if reader.second:
        theirs: list[Pair] = [(row.speaker, row.value) for row in judged if row.by != reader.by]
        return [pair for pair in dict.fromkeys(theirs) if frozenset(pair) not in own][:most]
    known = {frozenset((row.speaker, row.value)) for row in judged}
    merged = merged_into(connection)
    rows = ask(connection, _PEOPLE, flags=["provisional"])
    people = {row.slug: row for row in rows if row.slug not in merged}
    names = tuple((row.slug, row.name, row.provisional) for row in people.values())
    found = (
        (-score, pair)
        for pair, score in (_matches(names) if any(met for *_, met in names) else {}).items()
        if frozenset(pair) not in known and _same_gender(*(people[slug] for slug in pair))
    )
    pairs = [pair for _, pair in nsmallest(most, found)]
    weights = _weights(connection, {slug for pair in pairs for slug in pair})
    return [tuple(sorted(pair, key=lambda slug: (weights[slug], slug))) for pair in pairs]


def _same_gender(one: Record, other: Record) -> bool:
    return bool((one.gender or other.gender) == (other.gender or one.gender))


def _weights(connection: Connection, slugs: Collection[str]) -> dict[str, tuple[bool, int]]:
    """Return of speakers whether they are known, and how often they are quoted."""
    rows = ask(connection, _WEIGHTS, {"slugs": sorted(slugs)}) if slugs else ()
    return {row.slug: (bool(row.known), row.quotations) for row in rows}


@lru_cache(maxsize=1)
def _matches(people: tuple[Name, ...]) -> dict[Pair, float]:
    """Return the scores of pairs of slugs, in order, whose names may be one person's.

    Compared are names that share a key, unless very many do, so that the work grows with the names
    (blocking; Christen 2012, A Survey of Indexing Techniques for Record Linkage). Of two known
    speakers there is nothing to decide: they were told apart when they were loaded.
    """
    from quotes.english.folding import name_words
    from quotes.speakers.matching import match

    sharing: dict[Key, list[Name]] = defaultdict(list)
    meant: dict[Key, list[Name]] = defaultdict(list)
    for person in people:
        if words := name_words(person[1]):
            for key in _keys(words):
                sharing[key].append(person)
            for key in _short_keys(words):
                meant[key].append(person)
    partners: dict[str, dict[str, str]] = defaultdict(dict)
    for key, block in sharing.items():
        if len(block) <= MOST_SHARING:
            for at, (slug, _, provisional) in enumerate(block):
                for other, name, also in chain(block[at + 1 :], meant.get(key, ())):
                    if other != slug and (provisional or also):
                        partners[slug][other] = name
    found: dict[Pair, float] = {}
    for slug, name, _ in people:
        for one in match(name, partners.get(slug, {}).items(), limit=None, least=LEAST):
            pair = tuple(sorted((slug, one.slug)))
            found[pair] = max(one.score, found.get(pair, 0.0))
    return found


def _keys(words: Sequence[str]) -> set[Key]:
    """Return what a name shares with those that may mean the same person.

    Such names have two words or a form of the first name in common, or one end and three letters of
    another word; or they are a surname alone, or an initial with it: see ``_short_keys``.
    """
    from quotes.english.folding import transliterated
    from quotes.english.givennames import forms

    parts = [transliterated(part) for word in words for part in word.split("-")]
    last = parts[-1]
    if len(words) == 1:
        return {("surname", last)}
    keys = {("words", *sorted(pair)) for pair in combinations(dict.fromkeys(parts), 2)}
    keys |= {("begins", parts[0], piece) for part in parts[1:] for piece in _trigrams(part)}
    keys |= {("ends", last, piece) for part in parts[:-1] for piece in _trigrams(part)}
    keys |= {("given", form, last) for form in forms(words[0])}
    if len(words[0]) == 1:
        keys.add(("initial", words[0], last))
    return keys | {("letters", "".join(parts))}


def _short_keys(words: Sequence[str]) -> set[Key]:
    """Return the keys of the shorter names by which a full name may be meant."""
    from quotes.english.folding import transliterated

    if len(words) == 1:
        return set()
    last = transliterated(words[-1].rpartition("-")[2])
    return {("surname", last), ("initial", words[0][0], last)}


def _trigrams(word: str) -> Iterator[str]:
    edged = f"^{word}$"
    return (edged[at : at + 3] for at in range(len(word)))


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
