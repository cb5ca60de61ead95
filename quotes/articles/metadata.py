"""What is known about an article besides its text, and how sources of such facts are combined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from quotes.columns import language_code
from quotes.records import Provenance

_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LANGUAGE_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?")
_HOST = re.compile(r"(?:https?:)?(?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about an article; None where unknown. ``language`` is an ISO 639-1 code.

    ``archived`` is the address of a copy of the page in an archive, ``provenance`` where its words
    come from.
    """

    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None
    archived: str | None = None
    provenance: Provenance | None = None

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

    def known(self) -> dict[str, Any]:
        """Return the facts that are known."""
        found = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in found if value is not None}


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


def host_in(text: str) -> str | None:
    """Return the host, in lower case and without ``www.``, that a text is and nothing else."""
    match = _HOST.fullmatch(text.strip())
    return match[1].lower() if match else None


def web_address(text: str | None) -> str | None:
    """Return ``text`` if it is an address of the web (http or https), else None."""
    if text is None or " " in text:
        return None
    try:
        parts = urlsplit(text)
        return text if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def language(text: str | None) -> str | None:
    """Return the ISO 639-1 code that a language's code or English name stands for, or None."""
    lowered = (text or "").lower()
    match = _LANGUAGE_CODE.fullmatch(lowered)
    return language_code(lowered) or (match[1] if match else None)
