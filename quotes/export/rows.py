"""The rows of an export, in the order of their ids, streamed and never capped on the quiet.

The search filters apply like this. ``text``, ``speaker``, ``divergent`` and ``disputed`` choose
quotes, and with them all their variants and renderings. ``outlet``, ``since``, ``until`` and
``min_confidence`` choose renderings: those themselves, and the quotes and variants that have one.
Quotations are chosen by their own text, speaker and article, and by holding a divergent or disputed
rendering, since one without a speaker belongs to no quote.
"""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotes.database.session import Connection
from quotes.ids import Letter
from quotes.search.doubt import certainty, remarks_of
from quotes.search.lookup import find_speaker
from quotes.search.query import (
    DISPUTED,
    Level,
    SearchQuery,
    Where,
    quote_conditions,
    raw_syntax,
    rendering_conditions,
    text_condition,
)
from quotes.search.reading import Record, ask
from quotes.search.reasons import why

COLUMNS: dict[Level, tuple[str, ...]] = {
    "quotes": tuple(
        "text speaker certainty confidence first_published last_published outlets first_outlet "
        "first_url variants renderings remarks divergent disputed provenance gender party "
        "speaker_type speaker_slug id".split()
    ),
    "quotations": tuple(
        "text speaker certainty confidence published outlet url title kind mention cue rule reason "
        "kind_confidence gender party speaker_type speaker_slug article start end quote_id "
        "article_id id".split()
    ),
    "variants": tuple(
        "text speaker certainty confidence first_published relation outlets renderings "
        "speaker_slug quote_id id".split()
    ),
    "renderings": tuple(
        "text speaker certainty confidence published outlet url title relation mention cue rule "
        "reason article start end rendering_start rendering_end disputed provenance speaker_slug "
        "quote_id variant_id quotation_id id".split()
    ),
}
"""The fields of each export: first what people read, identifiers last."""

PEOPLE: dict[Level, tuple[str, ...]] = {
    what: tuple("why" if name == "rule" else name for name in names if name != "reason")
    for what, names in COLUMNS.items()
}
"""The fields of each export for people, who read a reason in words instead of a rule."""

_IDS: dict[str, Letter] = {
    "quote_id": "q",
    "variant_id": "v",
    "quotation_id": "n",
    "article_id": "a",
}
_OWN: dict[Level, Letter] = {"quotes": "q", "quotations": "n", "variants": "v", "renderings": "r"}

_VIEWS: dict[Level, str] = {
    "quotes": "quote_list",
    "quotations": "quotation_list",
    "variants": "variant_list",
    "renderings": "rendering_list",
}

_ATTRIBUTED = "JOIN attributions t ON t.quotation_id = x.quotation_id"
_OF_ATTRIBUTIONS = ("mention", "cue", "rule", "reason")
"""What an export of renderings has that their view has not."""


def export_rows(
    connection: Connection, what: Level, query: SearchQuery | None = None, *, after: int = 0
) -> Iterator[tuple[Any, ...]]:
    """Yield one tuple a row, in the order of ``COLUMNS[what]``; dates are ``datetime.date``.

    ``after`` is the number (``id``) of the last row that is not wanted any more. Renderings
    are those that belong to a quote; quotations are all, those of kind ``none`` too.
    Raises UsageError for an unknown speaker or outlet, and for a raw query with a syntax error.
    """
    query = query or SearchQuery()
    where = Where()
    if what == "quotations":
        _quotations(connection, query, where)
    else:
        _quotes(connection, query, where, "x.id" if what == "quotes" else "x.quote_id")
    rendering_conditions(connection, query, where, "x.id", what)
    if after:
        where.add("x.id > :after", after=after)
    stored = [name for name in COLUMNS[what] if name not in ("certainty", "remarks")]
    outside = _OF_ATTRIBUTIONS if what == "renderings" else ()
    selected = ", ".join(f't."{name}"' if name in outside else _select(name) for name in stored)
    joined = f"{_VIEWS[what]} x {_ATTRIBUTED if outside else ''}"
    statement = f"SELECT {selected} FROM {joined} WHERE {where} ORDER BY x.id"
    if query.limit is not None:
        statement += " LIMIT :limit"
        where.params["limit"] = query.limit
    with raw_syntax(query):
        for row in ask(connection, statement, where.params, dates=_dates(what), stream=True):
            yield tuple(_value(row, name) for name in COLUMNS[what])


def for_people(what: Level, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of ``export_rows`` as ``PEOPLE[what]`` has them.

    Identifiers are as people see them (q12, n3, v4, r5).
    """
    letters = {name: _OWN[what] if name == "id" else _IDS.get(name) for name in PEOPLE[what]}
    for row in rows:
        found = dict(zip(COLUMNS[what], row, strict=True))
        if "why" in letters:
            found["why"] = _why(found)
        yield tuple(
            f"{letter}{found[name]}" if letter and found[name] is not None else found[name]
            for name, letter in letters.items()
        )


def _why(quotation: dict[str, Any]) -> str:
    return why(
        quotation["rule"],
        quotation["confidence"],
        speaker=quotation["speaker"],
        found=quotation["reason"],
        cue=quotation["cue"],
        mention=quotation["mention"],
    )


def _value(row: Record, name: str) -> Any:
    if name == "certainty":
        return None if row.speaker is None else certainty(row.confidence)
    if name == "remarks":
        return "; ".join(remarks_of(row))
    return getattr(row, name)


def _dates(what: Level) -> list[str]:
    return [name for name in COLUMNS[what] if name.endswith("published")]


def _quotes(connection: Connection, query: SearchQuery, where: Where, quote: str) -> None:
    where.add(f"{quote} IS NOT NULL")
    quote_conditions(connection, query, where, quote)
    text_condition(connection, query, where, quote, "quotes")


def _quotations(connection: Connection, query: SearchQuery, where: Where) -> None:
    if query.speaker is not None:
        speaker = find_speaker(connection, query.speaker)
        where.add("x.speaker_slug = :speaker", speaker=speaker.slug)
    if query.divergent:
        where.add("x.id IN (SELECT quotation_id FROM renderings WHERE relation = 'divergent')")
    if query.varied or query.min_outlets is not None:
        chosen = Where()
        only = SearchQuery(varied=query.varied, min_outlets=query.min_outlets)
        quote_conditions(connection, only, chosen, "quote_id")
        where.add(
            f"x.id IN (SELECT quotation_id FROM rendering_list WHERE {chosen})", **chosen.params
        )
    if query.disputed:
        disputed = f"SELECT quotation_id FROM renderings WHERE id IN ({DISPUTED})"
        where.add(f"x.id IN ({disputed})")
    text_condition(connection, query, where, "x.id", "quotations")


def _select(name: str) -> str:
    return 'x.source AS "article"' if name == "article" else f'x."{name}"'
