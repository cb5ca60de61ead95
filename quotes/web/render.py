"""Templates, and the few words that they need: everything that is shown is escaped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, get_args

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from quotes.export.collected import RELATIONS
from quotes.normaliser.difference import DiffOp
from quotes.records import Provenance
from quotes.search.compare import MEANINGS
from quotes.search.doubt import certainty, doubted, how_sure, mark_of
from quotes.search.phrases import days, plural
from quotes.search.reasons import why
from quotes.search.speakers import gender_of, office

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b", re.ASCII)
_SHARE = re.compile(r"(?<=\d) %")
_DEL, _INS = Markup("<del>{}</del>"), Markup("<ins>{}</ins>")


def environment() -> Environment:
    """Return Jinja's environment: escaping always, and nothing undefined on the quiet."""
    made = Environment(
        loader=PackageLoader("quotes.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "bare": bare,
        "data": data,
        "difference": difference,
        "marked": marked,
        "unbroken": unbroken,
        "web": web,
    }
    made.globals |= {
        "MEANINGS": MEANINGS,
        "PROVENANCES": get_args(Provenance),
        "RELATIONS": RELATIONS,
        "certainty": certainty,
        "how_sure": how_sure,
        "days": days,
        "doubted": doubted,
        "gender_of": gender_of,
        "mark_of": mark_of,
        "office": office,
        "plural": plural,
        "static": static,
        "why": why,
    }
    return made


def marked(text: str, places: Sequence[tuple[int, int]]) -> Markup:
    """Return ``text`` with the places (start, end) marked."""
    pieces, at = [], 0
    for start, end in places:
        pieces += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]),
                   Markup("</mark>")]  # fmt: skip
        at = end
    return Markup("").join([*pieces, escape(text[at:])])


def difference(steps: Sequence[DiffOp]) -> Markup:
    """Return a word-level difference: what is left out and what is put in, also for ears."""
    pieces = []
    for step in steps:
        if step.op == "equal":
            pieces.append(escape(" ".join(step.variant)))
            continue
        for tag, words in ((_DEL, step.canonical), (_INS, step.variant)):
            if words:
                pieces.append(tag.format(" ".join(words)))
    return Markup(" ").join(pieces)


def unbroken(text: object) -> Markup:
    """Return a text whose days, marked as such, and shares are not broken over two lines."""
    marked = _DAY.sub(r"<time>\g<0></time>", _SHARE.sub("\u00a0%", str(escape(text))))
    return Markup(marked)  # noqa: S704 # nosec B704 - escaped before the marks were put in


def bare(text: str) -> str:
    """Return a text without the quotation marks around it."""
    return text.strip().strip("\"“”„«»‘’'").strip()


def web(url: str | None) -> str | None:
    """Return an address of the web; None for anything else, which is never linked to."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def data(value: Any) -> Markup:
    """Return JSON that can stand in a script element, which it cannot end."""
    found = msgspec.json.encode(value, enc_hook=str).decode()
    for char in "<>&":
        found = found.replace(char, f"\\u{ord(char):04x}")
    return Markup(found)  # noqa: S704 # nosec B704 - nothing in it can end the element


@cache
def static(name: str) -> str:
    """Return the address of a style sheet or script, which changes with its content."""
    content = files("quotes.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?{hashlib.sha256(content).hexdigest()[:12]}"
