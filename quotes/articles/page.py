"""The article on a web page: its text from the page itself or from its JSON-LD, and its facts."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from types import ModuleType
from typing import Any

from quotes.articles import jsonld
from quotes.articles.head import declared_facts
from quotes.articles.markup import drop_pull_quotes, is_markup, mark_speech, to_text
from quotes.articles.metadata import Metadata

MAX_ELEMENTS = 50_000  # trafilatura's time grows faster than the page

_LEAST_WORDS = 5  # on the longest line of an article; menus and buttons have fewer
_LEAST_ALONE = 30  # words of a text that only one way finds
_FULLER = 1.15  # times the words of the other text
_SOUND = 0.7  # of the other text's sentences
_LEAST_OUTSIDE = 25  # words in quotation marks
_OUTSIDE_SHARE = 0.25  # of all words in quotation marks
_QUOTED = re.compile(r"“[^“”]{20,}[”\n]|\"[^\"\n]{20,}\"|«[^«»]{20,}»")
_ASIDE = re.compile(
    r"comment|sidebar|related|promo|newsletter|recirc|teaser|footer|menu|nav|cookie|popup|modal|share|read-?more|most-",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Page:
    """The article on a page. ``outside``: much in quotation marks lies outside of it."""

    body: str
    facts: Metadata
    outside: bool = False


def find_article(html: str) -> Page | None:
    """Return the article on a page, None where it holds none.

    The text is what trafilatura finds; where much that is quoted stays outside of it, that of the
    page with its containers joined; that of the JSON-LD if it is fuller and as sound. Anything may
    be raised for pages that are hostile enough.
    """
    import trafilatura

    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).addHandler(logging.NullHandler())  # errors are reported here
    tree = trafilatura.load_html(html)
    if tree is None or tree.xpath("count(//*)") > MAX_ELEMENTS:
        return None
    stated, linked = jsonld.article_of(tree)
    quoted = _prepare(tree)
    facts = declared_facts(tree, linked)
    body = _extract(trafilatura, tree)
    if not body or _outside(quoted, body):
        joined = trafilatura.load_html(html)
        _prepare(joined)
        if _join_siblings(joined):
            body = _fuller(_extract(trafilatura, joined), body)
    if stated:
        body = _fuller(_plain(stated, trafilatura.load_html(html)), body)
    return Page(body, facts, outside=_outside(quoted, body)) if body else None


def _prepare(tree: Any) -> list[str]:
    """Mark speech, drop pull quotes; return what stands in marks in the paragraphs."""
    mark_speech(tree)
    drop_pull_quotes(tree)
    found = []
    for element in tree.iter("p", "blockquote", "li"):
        if element.tag != "blockquote" or element.find(".//p") is None:
            said = _QUOTED.findall(element.text_content())
            if said and not _is_beside(element):
                found += said
    return found


def _is_beside(element: Any) -> bool:
    """Whether an element belongs to comments, menus or offers by the names around it."""
    return any(
        one.tag in ("nav", "footer", "aside", "header")
        or _ASIDE.search(f"{one.get('class') or ''} {one.get('id') or ''}")
        for one in element.iterancestors()
        if one.tag not in ("body", "html")
    )


def _extract(trafilatura: ModuleType, tree: Any) -> str:
    """Return the text that trafilatura finds on a page; nothing for menus and buttons alone."""
    page = trafilatura.bare_extraction(tree, include_comments=False)
    text = page.text if page is not None and page.text else ""
    is_text = any(len(line.split()) >= _LEAST_WORDS for line in text.splitlines())
    return text if is_text else ""


def _join_siblings(tree: Any) -> bool:
    """Join the containers of text that stand side by side under one class; whether there were."""
    joined = False
    homes: dict[tuple[Any, str, str], Any] = {}
    for box in [*tree.iter("div", "section")]:
        name = box.get("class")
        if not name or _ASIDE.search(name) or box.getparent() is None:
            continue
        texts = [part for part in box.iterchildren("p") if len(part.text_content().split()) >= 15]
        if not texts:
            continue
        home = homes.setdefault((box.getparent(), box.tag, name), box)
        if home is not box:
            home.extend([*box])
            joined = True
    return joined


def _fuller(text: str, other: str) -> str:
    """Return ``text`` if it is sound and has clearly more words than ``other``, else that."""
    words = len(text.split())
    if not other:
        return text if words >= _LEAST_ALONE else ""
    if words < _FULLER * len(other.split()):
        return other
    lines = [_fold(line) for line in other.splitlines() if len(line.split()) >= _LEAST_WORDS]
    whole = _fold(text)
    shared = sum(line in whole for line in lines)
    return text if shared >= _SOUND * len(lines) else other


def _outside(quoted: list[str], body: str) -> bool:
    """Whether much of what stands in marks on the page is not in the body."""
    lost = [said for said in quoted if said not in body]
    if lost:
        whole = _fold(body)
        lost = [said for said in lost if _fold(said) not in whole]
    words = sum(len(said.split()) for said in lost)
    every = sum(len(said.split()) for said in quoted)
    return words >= _LEAST_OUTSIDE and words >= _OUTSIDE_SHARE * every


def _plain(stated: str, tree: Any) -> str:
    """Return the text of JSON-LD in the paragraphs of the page."""
    text = to_text(stated) if is_markup(stated) else unescape(stated).strip()
    if "\n" in text:
        return text
    text, at = " ".join(text.split()), 0
    breaks = set()
    for element in tree.iter("p"):
        part = " ".join(element.text_content().split())
        if len(part.split()) > 2 and (found := text.find(part, at)) >= 0:
            at = found + len(part)
            breaks |= {found, at}
    edges = [0, *sorted(breaks), len(text)]
    return "\n".join(filter(None, (text[a:b].strip() for a, b in pairwise(edges))))


def _fold(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
