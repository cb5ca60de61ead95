"""An archive whose every word is an attack: outlets, titles, file names, names, texts, reasons."""

from __future__ import annotations

import dataclasses

import httpx
from sqlalchemy.orm import Session

from quotes.api.judging import Judge
from tests.factories import article, says
from tests.stored import add


def attack(place: str) -> str:
    """Return what would run, or break out of an attribute, wherever it is not escaped."""
    return f"\"'><script>alert('{place}')</script><img src=x onerror=alert('{place}')>"


def fill(session: Session, database: str) -> None:
    """Store two articles that differ in meaning, and what somebody decided about one."""
    extracted = []
    for number, words in enumerate(("will not sell", "will sell")):
        one = article(
            says(
                f"Ada {attack('speaker').replace('/', '')} Quill",
                f"We {words} the long-term lease of the harbour {attack('text')} to anyone.",
                confidence=0.4,
            ),
            says("Bo Reed", f"Pier {number} is closed for the winter season."),
            outlet=f"Post {number} {attack('outlet')}",
            title=attack("title"),
            source=f"{number}{attack('source')}.txt",
            url=f"javascript:alert('{number}')",
        )
        record = dataclasses.replace(one.article, byline=attack("byline"))
        extracted.append(dataclasses.replace(one, article=record))
    add(session, extracted)
    Judge(database, f"Ann {attack('by')}").attribution("n4", None, why=attack("why"))


def pages(asked: httpx.Client) -> dict[str, tuple[str, ...]]:
    """Return every page, with the places whose words it shows."""
    (speaker, *_) = asked.get("/speakers.json").json()["speakers"]
    left, right = (one["slug"] for one in asked.get("/outlets.json").json()["outlets"])
    word, slug = attack("query"), speaker["slug"]
    return {
        "/": ("text", "speaker"),
        "/search?q=harbour": ("text", "speaker", "outlet"),
        f"/search?q={word}": ("query",),
        "/quotes/1": ("text", "speaker", "outlet", "title"),
        "/speakers": ("speaker",),
        f"/speakers/{slug}": ("text", "speaker", "outlet"),
        f"/speakers/{slug}/dossier": ("text", "speaker", "outlet", "title"),
        "/outlets": ("outlet",),
        f"/outlets/{left}": ("outlet", "title"),
        "/compare": ("outlet",),
        f"/compare?left={left}&right={right}": ("outlet",),
        "/articles": ("outlet", "title"),
        "/articles/1": ("text", "speaker", "outlet", "title", "byline"),
        "/stats": ("speaker",),
        "/stats?by=outlet&over=year": ("outlet",),
        "/review": ("text", "speaker", "outlet", "source"),
        "/review?queue=merges": (),
        "/review?queue=meanings": (),
        "/review?queue=names": (),
        "/review?queue=disputed": (),
        "/log": ("by", "why"),
        "/sql?sql=SELECT source, title FROM article_list": ("source", "title"),
        f"/sql?sql={word}": ("query",),
        "/try": (),
        f"/{word}": (),
        f"/speakers/{word.replace('/', ' ')}": (),
        f"/search?speaker={word}": ("query",),
        f"/search?since={word}": ("query",),
    }
