"""An open database: search, show, export, SQL, judgements, and reading articles into it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TypedDict, Unpack

from quotes.api.values import day
from quotes.articles import guess_provenance
from quotes.database.engine.address import label, parse
from quotes.database.engine.connection import open_engine, translated
from quotes.database.session import open_reader, open_session
from quotes.errors import ArticleError, DatabaseError, UsageError
from quotes.ids import Id
from quotes.records import Article, Completed, Provenance, Unchanged
from quotes.search.query import SearchQuery
from quotes.search.quotes import QuoteHit, search_quotes
from quotes.settings import database_url

if TYPE_CHECKING:
    from quotes.api.extraction import Input
    from quotes.api.judging import Judge
    from quotes.database.session import Connection
    from quotes.pipeline import Outcome
    from quotes.search.details import QuoteDetails
    from quotes.speakers.coreference import CorefMode

What = Literal["quotes", "quotations", "variants", "renderings"]


class Filters(TypedDict, total=False):
    """The conditions of ``Database.search``."""

    speaker: str | None
    outlet: str | None
    since: date | str | None
    until: date | str | None
    min_confidence: float | None
    divergent: bool
    disputed: bool
    limit: int | None
    raw: bool


def open(url: str | os.PathLike[str] | None = None, *, create: bool = False) -> Database:  # noqa: A001
    """Open a database of quotes; close it, or use it in a ``with`` statement.

    ``url`` is the path of a SQLite file or a postgresql:// address (default: ``QUOTES_DB``, else
    the file that the command line uses). With ``create`` a database that is not there yet is made,
    with the known speakers in it. Raises DatabaseError if it cannot be opened.

    >>> with open("quotes.db") as db:
    ...     for hit in db.search("no deal", since="2025-08-01"):
    ...         print(hit.speaker, hit.text)
    """
    return Database(database_url(None if url is None else os.fspath(url)), create=create)


class Database:
    """An open database; ``quotes.open`` makes one.

    Searching, showing, exporting and SQL use connections on which the database itself refuses to
    write. ``ingest`` and ``judge`` write, each article and each judgement in a transaction.
    """

    def __init__(self, url: str, *, create: bool = False) -> None:
        self._url = url
        with open_session(url) if create else open_reader(url):
            pass  # the schema is this program's from here on
        self._open = ExitStack()
        self._engine = self._open.enter_context(open_engine(url, read_only=True))
        self._closed = False

    def __repr__(self) -> str:
        return f"<quotes.Database {label(parse(self._url))!r}{', closed' * self._closed}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; closing twice does no harm."""
        self._closed = True
        self._open.close()

    def search(
        self,
        text: str | None = None,
        *,
        speaker: str | None = None,
        outlet: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        min_confidence: float | None = None,
        divergent: bool = False,
        disputed: bool = False,
        limit: int | None = None,
        raw: bool = False,
    ) -> list[QuoteHit]:
        """Return quotes by any variant that was printed: the best matches first, then the newest.

        All words of ``text`` have to be in one variant, and those of a "phrase in double quotation
        marks" in that order; ``raw`` takes the database's own query syntax. ``speaker`` and
        ``outlet`` are any spelling or slug. ``since`` and ``until`` (inclusive), ``outlet`` and
        ``min_confidence`` (0-1) have to hold together for one rendering. ``divergent``: only quotes
        with a variant that may change the meaning, ``disputed``: only those that articles surely
        give to two different speakers. Raises UsageError for an unknown speaker or outlet, and for
        a condition that makes no sense.
        """
        query = _query(
            text,
            {
                "speaker": speaker,
                "outlet": outlet,
                "since": since,
                "until": until,
                "min_confidence": min_confidence,
                "divergent": divergent,
                "disputed": disputed,
                "limit": limit,
                "raw": raw,
            },
        )
        with self._reading() as connection:
            return search_quotes(connection, query)

    def show(self, quote: Id) -> QuoteDetails:
        """Return one quote ("q86" or 86): variants, who published them, differences, and why.

        The identifier of a quotation ("n123"), a variant ("v34") or a rendering ("r56") means the
        quote that it belongs to. Raises UsageError if there is no such quote.
        """
        from quotes.search.details import quote_details
        from quotes.search.meant import quote_meant

        with self._reading() as connection:
            number = quote if isinstance(quote, int) else quote_meant(connection, quote)
            return quote_details(connection, number)

    def rows(
        self, what: What, text: str | None = None, **filters: Unpack[Filters]
    ) -> Iterator[dict[str, Any]]:
        """Yield quotes, quotations, variants or renderings as dicts, in the order of their numbers.

        ``text`` and ``filters`` choose as in ``search``; without them all are there. The columns
        are those of ``quotes export``. Raises UsageError as ``search`` does.
        """
        _check(what)
        self._refuse_closed()
        return self._rows(what, _query(text, filters))

    def _rows(self, what: What, query: SearchQuery) -> Iterator[dict[str, Any]]:
        from quotes.export.rows import COLUMNS, export_rows

        with self._reading() as connection:
            for row in export_rows(connection, what, query):
                yield dict(zip(COLUMNS[what], row, strict=True))

    def export(
        self,
        what: What,
        path: str | os.PathLike[str],
        text: str | None = None,
        *,
        excel: bool = False,
        **filters: Unpack[Filters],
    ) -> int:
        """Write quotes, quotations, variants or renderings to a file; return how many rows it has.

        The name of the file tells the format: ``.csv``, ``.jsonl``, ``.jsonld`` (linked data, of
        quotes and quotations), ``.xlsx`` or ``.parquet``. Cells that a spreadsheet would run as
        formulas are defused; ``excel`` adds the mark that Excel needs to CSV. The file appears when
        it is complete. ``text`` and ``filters`` choose as in ``search``. Raises UsageError for
        another format, QuotesError if the file cannot be written.
        """
        from quotes.export.exports import TABLES, export_table
        from quotes.export.files import format_of

        _check(what)
        target = Path(path)
        form = format_of(target, TABLES[what], None)
        if excel and form != "csv":
            raise UsageError(f"{target}: the mark for Excel goes with .csv")
        with self._reading() as connection:
            query = _query(text, filters)
            return export_table(connection, what, query, form, target, excel=excel)

    def sql(self, statement: str) -> list[dict[str, Any]]:
        """Return the rows of one reading SQL statement, as dicts.

        A second column of the same name gets a number (``id``, ``id_2``). Start from the views
        quote_list, quotation_list, variant_list and rendering_list. Raises UsageError if the
        statement is wrong or would write.
        """
        from quotes.search.sql import run_sql

        self._refuse_closed()
        columns, rows = run_sql(self._url, statement)
        names = _distinct(columns)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def judge(self, by: str | None = None) -> Judge:
        """Return what stores the corrections of one person (default: the system's user).

        >>> judge = db.judge("Ann Roe")
        >>> judge.attribution("n17", "Bo Lind", why="heard it")
        1
        """
        from quotes.api.judging import Judge

        self._refuse_closed()
        return Judge(self._url, by)

    def ingest(
        self,
        inputs: Input | Iterable[Input],
        *,
        published: date | str | None = None,
        outlet: str | None = None,
        language: str | None = None,
        model: str | None = None,
        coref: CorefMode = "off",
        fast: bool = False,
        jobs: int = 1,
    ) -> Ingested:
        """Read articles, find and attribute their quotations, merge and store everything.

        ``inputs`` is a file, a folder, an ``Article``, or any number of these. ``published``,
        ``outlet`` and ``language`` win over what the files say about themselves; ``model``,
        ``coref``, ``fast`` and ``jobs`` are those of ``quotes.Extractor``. What is stored already
        is passed over, and what cannot be read is listed in the result while the rest goes on.
        """
        from quotes import pipeline
        from quotes.api.extraction import read_articles, warn_if_missing
        from quotes.database.repository import Repository

        self._refuse_closed()
        warn_if_missing(fast)
        done = Ingested()
        facts: dict[str, Any] = {"published": published, "outlet": outlet, "language": language}
        articles = read_articles(inputs, on_error=done.failed.append, **facts)
        with open_session(self._url) as session:
            repository = Repository(session)
            known = repository.known_speakers()
            extractor = pipeline.Extractor(known, model=model, coref=coref, fast=fast, jobs=jobs)
            pipeline.ingest(articles, repository, extractor, done.add)
        return done

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._refuse_closed()
        with translated(self._engine.url), self._engine.connect() as connection:
            yield connection

    def _refuse_closed(self) -> None:
        if self._closed:
            raise DatabaseError(f"{label(parse(self._url))}: is closed; open it again")


@dataclass(slots=True)
class Ingested:
    """What became of articles: how many were stored, how many of their quotations were attributed.

    ``completed`` were stored before, with less than is known about them now; ``unchanged`` were
    stored before; ``failed`` says what could not be read or stored, and why.
    ``lost`` are judgements on former versions of articles whose words the new ones do not have.
    ``seeming`` are stored articles (numbers) that nobody has marked and that say of themselves that
    they are translated, by what ``provenance`` they could be marked with.
    """

    stored: int = 0
    completed: int = 0
    unchanged: int = 0
    quotations: int = 0
    attributed: int = 0
    failed: list[ArticleError] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    seeming: dict[Provenance, list[int]] = field(default_factory=dict)

    def add(self, article: Article, outcome: Outcome) -> None:
        """Count what became of one article."""
        if isinstance(outcome, ArticleError):
            self.failed.append(outcome)
        elif isinstance(outcome, Unchanged):
            self.unchanged += 1
        elif isinstance(outcome, Completed):
            self.completed += 1
            self.lost += outcome.lost
        else:
            self.stored += 1
            self.quotations += outcome.quotations
            self.attributed += outcome.attributed
            self.lost += outcome.lost
            seems = None if article.provenance else guess_provenance(article)
            if seems:
                self.seeming.setdefault(seems, []).append(outcome.article_id)


def _query(text: str | None, filters: Filters) -> SearchQuery:
    limit, least = filters.get("limit"), filters.get("min_confidence")
    if limit is not None and limit < 1:
        raise UsageError(f"a limit of {limit} finds nothing: give 1 or more, or None for all")
    if least is not None and not 0 <= least <= 1:
        raise UsageError(f"a confidence of {least} is not between 0 and 1")
    dates = {"since": day(filters.get("since")), "until": day(filters.get("until"))}
    known: dict[str, Any] = {"text": text, **filters, **dates}
    return SearchQuery(**known)


def _check(what: str) -> None:
    from quotes.export.rows import COLUMNS

    if what not in COLUMNS:
        raise UsageError(f"'{what}' cannot be exported: name one of {', '.join(COLUMNS)}")


def _distinct(columns: Sequence[str]) -> list[str]:
    """Return the names of columns, those that are there already with a number."""
    names: dict[str, None] = {}
    for column in columns:
        numbered = (f"{column}_{at}" for at in count(2))
        names[next(name for name in chain((column,), numbered) if name not in names)] = None
    return list(names)
