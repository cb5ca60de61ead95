"""What a page says of its article in JSON-LD (schema.org): the text, and facts about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from quotes.articles.bylines import byline_of
from quotes.articles.dates import parse_date
from quotes.articles.metadata import Metadata, clean, language, web_address

_SCRIPT = "application/ld+json"
_ARTICLE = re.compile(r"Article|Posting|Report|Interview|Review$")
_DEEPEST = 6
_MOST = 200
_COMMENT = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$"
)
_CONTROLS = re.compile(r"[\x00-\x1f]")


def article_of(tree: Any) -> tuple[str, Metadata]:
    """Return the text and the facts of the article that a page's JSON-LD describes best.

    Both are empty where it describes none.
    """
    found = [item for item in _items(tree) if _is_article(item)]
    if not found:
        return "", Metadata()
    best = max(found, key=lambda item: len(_text(item)))
    return _text(best), _facts(best)


def _items(tree: Any) -> Iterator[dict[str, Any]]:
    count = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != _SCRIPT:
            continue
        for item in _objects(_load(script.text or "")):
            count += 1
            if count > _MOST:
                return
            yield item


def _load(text: str) -> Any:
    try:
        return json.loads(_CONTROLS.sub(" ", _COMMENT.sub("", text)))
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield an object and those inside it that may be an article."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _objects(value.get(key), depth + 1)


def _is_article(item: dict[str, Any]) -> bool:
    types = item.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and _ARTICLE.search(name) for name in names)


def _text(item: dict[str, Any]) -> str:
    for key in ("articleBody", "text"):
        value = item.get(key)
        if isinstance(value, list):
            value = "\n\n".join(part for part in value if isinstance(part, str))
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _facts(item: dict[str, Any]) -> Metadata:
    page = item.get("mainEntityOfPage")
    address = item.get("url") or (page.get("@id") if isinstance(page, dict) else page)
    authors = item.get("author")
    people = [
        one for one in (authors if isinstance(authors, list) else [authors]) if _is_person(one)
    ]
    return Metadata(
        title=clean(item.get("headline")) or clean(item.get("name")),
        outlet=_name(item.get("publisher")),
        url=web_address(clean(address)),
        published=parse_date(clean(item.get("datePublished")) or ""),
        byline=byline_of(people),
        language=language(clean(item.get("inLanguage"))),
    )


def _is_person(author: Any) -> bool:
    return isinstance(author, str) or (
        isinstance(author, dict) and author.get("@type") in (None, "Person", ["Person"])
    )


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return clean(value.get("name")) if isinstance(value, dict) else clean(value)
