"""Which articles are stored, of which outlets."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from quotes.basics import Provenance
from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.search.lookup import find_outlet
from quotes.search.meant import missing
from quotes.search.query import Where
from quotes.search.reading import ask

LATEST_ARTICLES = 5_000
"""Where an outlet has many articles, so many are looked at, the latest ones."""

OF_OUTLET = "SELECT id, published FROM articles WHERE outlet_id = :outlet AND NOT removed"
LATEST_OF_OUTLET = f"{OF_OUTLET} ORDER BY published DESC NULLS LAST LIMIT :latest"

_ALL = "SELECT count(*) AS articles FROM articles"
_LACKING = ("outlet", "published", "title", "url")


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as it was given, when it was published, and by whom."""

    source: str
    published: date | None
    outlet: str | None


@dataclass(frozen=True, slots=True)
class ArticleListed:
    """An article with the number of its quotations, and of those that have a speaker.

    ``provenance`` is where its words come from: as people or files say, or its outlet, or its form.
    """

    id: int
    title: str | None
    outlet: str | None
    published: date | None
    url: str | None
    byline: str | None
    language: str | None
    provenance: Provenance | None
    source: str
    version: int
    quotations: int
    attributed: int


@dataclass(frozen=True, slots=True)
class QuotationListed:
    """A quotation of an article; ``confidence`` (0-1) is how sure the speaker is.

    ``start`` and ``end`` are offsets into the body of the article.
    """

    id: int
    text: str
    kind: str
    speaker: str | None
    speaker_slug: str | None
    confidence: float
    rule: str
    cue: str | None
    reason: str | None
    quote_id: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OutletListed:
    """An outlet with the numbers of its articles, and of the quotations in them."""

    slug: str
    name: str
    country: str | None
    provenance: Provenance | None
    articles: int
    quotations: int


def stored_articles(connection: Connection) -> Iterator[StoredArticle]:
    """Yield every article, the first ones first; what people removed is left out."""
    query = "SELECT source, published, outlet FROM article_list ORDER BY id"
    for row in ask(connection, query, dates=["published"]):
        yield StoredArticle(row.source, row.published, row.outlet)


def list_articles(
    connection: Connection,
    *,
    outlet: str | None = None,
    lacking: str | None = None,
    after: int = 0,
    limit: int | None = None,
) -> list[ArticleListed]:
    """Return the articles in the order in which they were read.

    ``outlet`` (any spelling) restricts to its articles, ``lacking`` to those of which that fact is
    not known. ``after`` is the number of the last one that is not wanted any more, ``limit`` how
    many are at most (None: all). Raises UsageError for an unknown outlet.
    """
    where = Where()
    if outlet is not None:
        where.add("outlet_id = :outlet", outlet=find_outlet(connection, outlet))
    if lacking is not None:
        if lacking not in _LACKING:
            raise UsageError(f"'{lacking}' is not one of {', '.join(_LACKING)}")
        where.add(f"{lacking} IS NULL")
    if after:
        where.add("id > :after", after=after)
    return _articles(connection, where, "id", limit)


def latest_articles(
    connection: Connection, *, outlet: str | None = None, limit: int, offset: int = 0
) -> list[ArticleListed]:
    """Return some articles, the last published first. Raises UsageError for an unknown outlet."""
    where = Where()
    if outlet is not None:
        where.add("outlet_id = :outlet", outlet=find_outlet(connection, outlet))
    return _articles(connection, where, "published DESC NULLS LAST, id DESC", limit, offset)


def count_articles(connection: Connection, *, outlet: str | None = None) -> int:
    """Return how many articles there are. Raises UsageError for an unknown outlet."""
    if outlet is None:  # few are removed, if any: the others are not looked at
        query, values = f"SELECT ({_ALL}) - ({_ALL} WHERE removed) AS articles", {}
    else:
        query = f"{_ALL} WHERE NOT removed AND outlet_id = :outlet"
        values = {"outlet": find_outlet(connection, outlet)}
    (row,) = ask(connection, query, values)
    return int(row.articles)


def article_body(connection: Connection, article_id: int) -> str:
    """Return the text of an article, as it was read. Raises UnknownError if there is none."""
    query = "SELECT body FROM articles WHERE id = :id AND NOT removed"
    for row in ask(connection, query, {"id": article_id}):
        return str(row.body)
    raise missing(connection, article_id, "a")


def article_details(
    connection: Connection, article_id: int
) -> tuple[ArticleListed, list[QuotationListed]]:
    """Return an article with its quotations in the order of the text.

    Raises UsageError if there is no such article, or it was removed.
    """
    where = Where()
    where.add("id = :id", id=article_id)
    found = _articles(connection, where, "id")
    if not found:
        raise missing(connection, article_id, "a")
    columns = ", ".join(f'"{field.name}"' for field in fields(QuotationListed))
    query = f'SELECT {columns} FROM quotation_list WHERE article_id = :id ORDER BY start, "end"'
    rows = ask(connection, query, {"id": article_id})
    return found[0], [QuotationListed(*row) for row in rows]


def judgements_on(connection: Connection, article_id: int) -> list[int]:
    """Return the numbers of the standing judgements that hold in an article."""
    query = """SELECT DISTINCT j.id FROM judgement_list j
                 JOIN judgement_places p ON p.judgement_id = j.id
                WHERE p.article_id = :id AND j.undone_at IS NULL ORDER BY j.id"""
    return [int(row.id) for row in ask(connection, query, {"id": article_id})]


def list_outlets(connection: Connection, *, silent: bool = False) -> list[OutletListed]:
    """Return the outlets, those with the most articles first; ``silent``: also without any."""
    columns = ", ".join(field.name for field in fields(OutletListed))
    where = "1 = 1" if silent else "articles > 0"
    query = f"SELECT {columns} FROM outlet_list WHERE {where} ORDER BY articles DESC, slug"
    return [OutletListed(*row) for row in ask(connection, query)]


def _articles(
    connection: Connection, where: Where, order: str, limit: int | None = None, offset: int = 0
) -> list[ArticleListed]:
    columns = ", ".join(field.name for field in fields(ArticleListed))
    query = f"SELECT {columns} FROM article_list WHERE {where} ORDER BY {order}"
    if limit is not None:
        query += " LIMIT :limit OFFSET :offset"
        where.params |= {"limit": limit, "offset": offset}
    return [
        ArticleListed(*row) for row in ask(connection, query, where.params, dates=["published"])
    ]
