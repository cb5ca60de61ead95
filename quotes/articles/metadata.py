"""What is known about an article besides its text, and how sources of such facts are combined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlsplit

from quotes.articles.dates import parse_date

_NAMES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "sitename", "publisher"),
    "url": ("url", "link"),
    "published": ("published", "date"),
    "byline": ("byline", "author"),
    "language": ("language", "lang"),
}
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LANGUAGE_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about an article; None where unknown. ``language`` is an ISO 639-1 code."""

    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None

    @classmethod
    def from_fields(cls, given: Mapping[str, object]) -> Metadata:
        """Read front matter, a table's row or a page's metadata; unknown keys are ignored.

        Each fact goes by several names (``published`` or ``date``); their case does not matter.
        Values are cleaned: control characters go, addresses other than http(s) are dropped.
        Raises ValueError for a date that cannot be read.
        """
        lowered = {key.strip().lower(): value for key, value in given.items()}
        found = {
            fact: next((text for name in names if (text := clean(lowered.get(name)))), None)
            for fact, names in _NAMES.items()
        }
        outlet = found["outlet"]
        if _web_address(outlet):  # some tools call the address of the page its "source"
            found["url"], found["outlet"] = found["url"] or outlet, None
        return cls(
            outlet=found["outlet"],
            published=_published(found["published"]),
            url=_web_address(found["url"]),
            title=found["title"],
            byline=found["byline"],
            language=_language(found["language"]),
        )

    def or_else(self, other: Metadata) -> Metadata:
        """Return these facts with the gaps filled from ``other``."""
        return Metadata(
            **{
                field.name: mine
                if (mine := getattr(self, field.name)) is not None
                else getattr(other, field.name)
                for field in fields(self)
            }
        )


NOTHING = Metadata()
"""No facts at all."""


def clean(value: object) -> str | None:
    """Return a string or number (or a list of strings, joined) as one line of text, or None."""
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(filter(None, map(printable, str(value).split()))) or None


def printable(text: str) -> str:
    """Return ``text`` without characters that could break a line, steer a terminal, or hide."""
    return "".join(
        char
        for char in text
        if unicodedata.category(char) not in ("Cc", "Cs") and char not in _BIDI_CONTROLS
    )


def outlet_from_url(url: str, domains: Mapping[str, str]) -> str | None:
    """Return the outlet that owns the host of ``url`` or a parent domain of it.

    ``domains`` maps a domain in lower case (``bbc.co.uk``) to the outlet's name.
    """
    labels = (urlsplit(url).hostname or "").split(".")
    parents = (".".join(labels[start:]) for start in range(len(labels)))
    return next((domains[parent] for parent in parents if parent in domains), None)


def _published(text: str | None) -> date | None:
    if text is None:
        return None
    if (day := parse_date(text)) is None:
        raise ValueError(f"cannot read the date '{text[:40]}': write it as YYYY-MM-DD")
    return day


def _web_address(text: str | None) -> str | None:
    if text is None or " " in text:
        return None
    try:
        parts = urlsplit(text)
        return text if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _language(text: str | None) -> str | None:
    lowered = (text or "").lower()
    if lowered in ("english", "eng"):
        return "en"
    match = _LANGUAGE_CODE.fullmatch(lowered)
    return match[1] if match else None
