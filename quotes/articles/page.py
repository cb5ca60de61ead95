"""The article on a web page: its text from the page itself or from its JSON-LD, and its facts."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from quotes.articles import jsonld
from quotes.articles.bylines import byline_of
from quotes.articles.dates import parse_date
from quotes.articles.markup import drop_pull_quotes, is_markup, mark_speech, to_text
from quotes.articles.metadata import Metadata, clean, host_in, language, web_address

MAX_ELEMENTS = 50_000  # trafilatura's time grows faster than the page

_LEAST_WORDS = 5  # on the longest line of an article; menus and buttons have fewer
_LEAST_ALONE = 30  # words of a text that only one way finds
_LONGEST_NAME = 80
_FULLER = 1.15  # times the words of the other text
_SOUND = 0.7  # of the other text's sentences
_LEAST_OUTSIDE = 25  # words in quotation marks
_OUTSIDE_SHARE = 0.25  # of all words in quotation marks
_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe")
_QUOTED = re.compile(r"“[^“”]{20,}[”\n]|\"[^\"\n]{20,}\"|«[^«»]{20,}»")
_ASIDE = re.compile(
    r"comment|sidebar|related|promo|newsletter|recirc|teaser|footer|menu|nav|cookie|popup|modal|share|read-?more|most-",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\W+")
_TITLE_PARTS = re.compile(r"\s+[|–—·•»-]\s+")


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
    if tree is None or sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        return None
    stated, facts = jsonld.article_of(tree)
    declared = _declared(tree)
    quoted = _prepare(tree)
    page = _extract(trafilatura, tree)
    body = page.text if page else ""
    if not body or _outside(quoted, body):
        joined = trafilatura.load_html(html)
        _prepare(joined)
        if _join_siblings(joined) and (again := _extract(trafilatura, joined)):
            page = page or again
            body = _fuller(again.text, body)
    if stated:
        body = _fuller(_plain(stated, trafilatura.load_html(html)), body)
    if not body:
        return None
    return Page(body, _facts(page, facts, declared), outside=_outside(quoted, body))


def _prepare(tree: Any) -> list[str]:
    """Take away what nobody sees, mark speech; return what stands in marks in the paragraphs."""
    for element in [*tree.iter(*_UNSEEN)]:
        element.drop_tree()
    mark_speech(tree)
    drop_pull_quotes(tree)
    found = []
    for element in tree.iter("p", "blockquote", "li"):
        if element.tag != "blockquote" or element.find(".//p") is None:
            said = _QUOTED.findall(text) if (text := element.text_content()) else []
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


def _extract(trafilatura: ModuleType, tree: Any) -> Any:
    """Return what trafilatura finds on a page; None for nothing but menus and buttons."""
    page = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        # Only dates that the page declares: a wider search finds copyright lines.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if page is None or not page.text:
        return None
    if all(len(line.split()) < _LEAST_WORDS for line in page.text.splitlines()):
        return None
    return page


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
    whole = _fold(body)
    lost = [said for said in quoted if _fold(said) not in whole]
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


def _declared(tree: Any) -> dict[str, str]:
    """Return the page's own declarations, by name, and its title."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name")
        if name and (content := clean(meta.get("content"))):
            found.setdefault(name.lower(), content)
    title = tree.find(".//title")
    found["title"] = (clean(title.text_content()) if title is not None else None) or ""
    found["language"] = tree.get("lang") or ""
    return found


def _facts(page: Any, stated: Metadata, declared: dict[str, str]) -> Metadata:
    """Return the facts: from JSON-LD, from the page's head, from what trafilatura makes of it."""
    url = web_address(page.url if page else None) or stated.url
    title = stated.title or clean(page.title if page else None) or declared["title"] or None
    day = parse_date((page.date if page else None) or "")
    return Metadata(
        title=title,
        outlet=_outlet(declared, stated.outlet, url, title),
        url=url,
        published=day or stated.published,
        byline=stated.byline or byline_of(page.author if page else None),
        language=language(declared["language"]) or stated.language,
    )


def _outlet(
    declared: dict[str, str], publisher: str | None, url: str | None, title: str | None
) -> str | None:
    """Return the name that a site gives itself; never its host, nor a headline."""
    host = (
        _fold((urlsplit(url).hostname or "").removeprefix("www.").partition(".")[0]) if url else ""
    )
    names = [declared.get("og:site_name"), publisher, declared.get("application-name")]
    for name in filter(None, names):
        if not host_in(name) and name != title and len(name) <= _LONGEST_NAME:
            return name
    # "Bridge opens | The Herald": only if the host says so, too.
    for part in _TITLE_PARTS.split(declared["title"])[1:]:
        if host and _fold(part).removeprefix("the") in (host, host.removeprefix("the")):
            return part
    return None


def _fold(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
