"""READ FIRST: the loop over all inputs of a run.

Where several sources tell the same fact about an article, the first of these counts:

1. ``defaults``: what the user says on the command line;
2. the article's own front matter, or the columns of its row;
3. the sidecar ``articles.tsv`` or ``articles.csv`` in its folder, then the one in the folder above;
4. what the HTML page declares, then its address, then a date in the file's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from quotes.articles import plain
from quotes.articles.dates import date_in_name, date_in_url
from quotes.articles.draft import Draft
from quotes.articles.inputs import Input, find_inputs
from quotes.articles.metadata import NOTHING, Metadata, outlet_from_url
from quotes.articles.registry import READERS, TABLES
from quotes.articles.sidecar import Sidecars
from quotes.errors import ArticleError
from quotes.records import Article

_NO_DOMAINS: Mapping[str, str] = MappingProxyType({})


def read_articles(
    paths: Sequence[str],
    *,
    defaults: Metadata = NOTHING,
    on_error: Callable[[ArticleError], None],
    domains: Mapping[str, str] = _NO_DOMAINS,
) -> Iterator[Article]:
    """Yield the articles behind files, folders, tables and ``-`` (standard input), one by one.

    Whatever cannot be read goes to ``on_error`` and the rest goes on; nothing is raised for an
    input. ``domains`` (domain → outlet's name) names the outlet where only an address is known.
    """
    sidecars = Sidecars(on_error)
    for found in find_inputs(paths, on_error):
        beside = sidecars.lookup(found.path) if found.path else NOTHING
        for draft in _drafts(found):
            if isinstance(draft, ArticleError):
                on_error(draft)
            elif problem := _problem(draft.body):
                on_error(ArticleError(draft.where, problem))
            else:
                known = defaults.or_else(draft.stated).or_else(beside).or_else(draft.guessed)
                yield _article(draft, known.or_else(_inferred(known, found, domains)))


def count_inputs(paths: Sequence[str]) -> int | None:
    """Return how many articles ``paths`` hold at most; None where only reading them would tell."""
    count = 0
    for found in find_inputs(paths, on_error=lambda _: None):
        if found.path is None or found.suffix in TABLES:
            return None
        count += 1
    return count


def _drafts(found: Input) -> Iterator[Draft | ArticleError]:
    try:
        if found.path is None:
            yield from plain.read_stdin()
        else:
            yield from READERS[found.suffix](found.path, found.source)
    except ArticleError as error:
        yield error


def _problem(body: str) -> str | None:
    if not body.strip():
        return "holds no text: nothing to read"
    if "\0" in body:
        return "is not text (it holds NUL characters): convert it to plain text first"
    try:
        body.encode()
    except UnicodeEncodeError:
        return "holds halves of Unicode characters: save it as UTF-8 again"
    return None


def _inferred(known: Metadata, found: Input, domains: Mapping[str, str]) -> Metadata:
    published = date_in_url(known.url) if known.url else None
    if published is None and found.path and found.suffix not in TABLES:
        published = date_in_name(found.path.name)
    outlet = outlet_from_url(known.url, domains) if known.url else None
    return Metadata(published=published, outlet=outlet)


def _article(draft: Draft, known: Metadata) -> Article:
    return Article(
        source=draft.id or draft.where,
        body=draft.body,
        title=known.title,
        outlet=known.outlet,
        url=known.url,
        published=known.published,
        byline=known.byline,
        language=known.language,
    )
