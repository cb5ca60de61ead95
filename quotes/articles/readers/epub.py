"""EPUB: a book is one text, a newspaper that Calibre packed is its articles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from quotes.articles.bounded import check_zip, damaged, member, open_zip
from quotes.articles.bylines import byline_of
from quotes.articles.dates import parse_date
from quotes.articles.decode import read_limited
from quotes.articles.draft import Draft, Found, Reading
from quotes.articles.markup import mark_speech, tree_text
from quotes.articles.metadata import Metadata, clean, language
from quotes.articles.source import Source
from quotes.errors import ArticleError

_CONTAINER = "META-INF/container.xml"
_NEWS = re.compile(r"(?:^|/)feed_\d+/article_\d+/")
_ISSUE = re.compile(r"\s*\[[^\]]*\]\s*$")  # "River Post [Mon, 4 Mar 2024]"
_CONTENT = "META-INF/encryption.xml"


def read(source: Source, _reading: Reading) -> Iterator[Found]:
    """Read an ``.epub`` in the order of its spine."""
    with source.open() as stream, open_zip(stream, source.name) as archive:
        check_zip(archive, source.name)
        if _CONTENT in archive.namelist() and "rights.xml" in " ".join(archive.namelist()):
            raise ArticleError(source.name, "is locked for one reader (DRM): get it without")
        package, folder = _package(archive, source.name)
        facts = _facts(package)
        chapters = [*_chapters(archive, package, folder, source.name)]
    news = [(path, tree) for path, tree in chapters if _NEWS.search(path)]
    for path, tree in news:
        title = next((clean(one.text_content()) for one in tree.iter("h1", "h2")), None)
        issue = Metadata(
            title=title,
            outlet=_ISSUE.sub("", facts.title or "") or None,
            published=facts.published,
            language=facts.language,
        )
        where = f"{source.name}/{posixpath.dirname(path)}"
        yield Draft(where, _text(tree), declared=issue)
    if not news:
        texts = filter(None, (_text(tree) for _, tree in chapters))
        yield Draft(source.name, "\n\n".join(texts), declared=facts)


def _text(tree: Any) -> str:
    mark_speech(tree)
    body = tree.find(".//body")
    return tree_text(tree if body is None else body)


def _package(archive: ZipFile, name: str) -> tuple[Any, str]:
    """Return the package document of a book and the folder that its paths begin in."""
    container = _xml(archive, _CONTAINER, name)
    path = next((one.get("full-path") for one in container.iter("{*}rootfile")), None)
    if not path:
        raise damaged(name)
    return _xml(archive, path, name), posixpath.dirname(path)


def _chapters(archive: ZipFile, package: Any, folder: str, name: str) -> Iterator[tuple[str, Any]]:
    from lxml import html

    hrefs = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    held = set(archive.namelist())
    for reference in package.iter("{*}itemref"):
        href = hrefs.get(reference.get("idref"))
        path = posixpath.normpath(posixpath.join(folder, unquote(href or "")))
        if path not in held or reference.get("linear") == "no":
            continue
        raw = _read(archive, path, name)
        if raw.strip():
            yield path, html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8"))


def _facts(package: Any) -> Metadata:
    def first(tag: str) -> str | None:
        return next((clean(one.text) for one in package.iter(f"{{*}}{tag}") if one.text), None)

    return Metadata(
        title=first("title"),
        byline=byline_of(first("creator")),
        published=parse_date(first("date") or ""),
        language=language(first("language")),
    )


def _xml(archive: ZipFile, path: str, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(_read(archive, path, name), parser=parser)
    if root is None:
        raise damaged(name)
    return root


def _read(archive: ZipFile, path: str, name: str) -> bytes:
    try:
        info = archive.getinfo(path)
    except KeyError as error:
        raise damaged(name) from error
    with member(archive, info, name) as stream:
        return read_limited(stream, name)
