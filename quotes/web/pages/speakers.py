"""Speakers: all of them, and one."""

from __future__ import annotations

from dataclasses import astuple, fields, replace
from math import ceil

from starlette.responses import Response

from quotes.export.collected import collect
from quotes.export.dossier import heading
from quotes.search.finding import count_quotes
from quotes.search.query import SearchQuery
from quotes.search.quotes import HIT_COLUMNS, each_quote, hit_row, search_quotes
from quotes.search.speakers import SpeakerListed, list_speakers, speaker_details
from quotes.search.timeline import weeks_of_speaker
from quotes.web.answers import Answer, Ask, Table, whole
from quotes.web.charts import timeline
from quotes.web.params import page_number
from quotes.web.site import moved

LISTED = 50
PRINTED = 200
SHOWN = 10


def speakers(ask: Ask) -> Answer:
    """List the speakers, most quoted first; CSV and workbook have all."""
    page = page_number(ask.params)
    everybody = ask.kept("speakers", lambda: list_speakers(ask.connection))
    columns = [field.name for field in fields(SpeakerListed)]
    if ask.is_table:
        return whole(columns, map(astuple, everybody))
    found = everybody[LISTED * (page - 1) :][: LISTED + 1]
    data = {"page": page, "more": len(found) > LISTED, "speakers": found[:LISTED]}
    return Answer("speakers.html", "Speakers", data, lambda: Table((), ()))


def dossier(ask: Ask) -> Answer:
    """Show a speaker's quotes by date with their sources, to be printed; some at a time."""
    found = speaker_details(ask.connection, ask.path["slug"])
    page = page_number(ask.params)
    query = SearchQuery(speaker=found.listed.slug, sort="oldest")
    if ask.is_table:
        return whole(HIT_COLUMNS, map(hit_row, each_quote(ask.connection, query)))
    shown = replace(query, limit=PRINTED, offset=PRINTED * (page - 1))
    quotes, total = [*collect(ask.connection, shown)], count_quotes(ask.connection, query)
    data = {
        "heading": heading(found, total),
        "page": page,
        "pages": ceil(total / PRINTED),
        "quotes": quotes,
    }
    return Answer("dossier.html", f"Dossier: {found.listed.name}", data, lambda: Table((), ()))


def speaker(ask: Ask) -> Answer | Response:
    """Show one speaker; another spelling, or one merged into another, leads to the lasting slug."""
    wanted = ask.path["slug"]
    found = ask.kept(("speaker", wanted), lambda: speaker_details(ask.connection, wanted))
    slug = found.listed.slug
    if slug != wanted:
        status = 301 if wanted in found.merged else 302
        return moved(ask.request, "speakers", wanted, slug, status)
    if ask.is_table:
        everything = each_quote(ask.connection, SearchQuery(speaker=slug, sort="oldest"))
        return whole(HIT_COLUMNS, map(hit_row, everything))
    weeks = ask.kept(("weeks of speaker", slug), lambda: weeks_of_speaker(ask.connection, slug))
    latest = search_quotes(ask.connection, SearchQuery(speaker=slug, limit=SHOWN))
    data = {"speaker": found, "weeks": weeks, "latest": latest}
    shown = {"chart": timeline(weeks) if len(weeks) > 1 else None}
    return Answer("speaker.html", found.listed.name, data, lambda: Table((), ()), shown)
