"""What a format's reader hands on, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quotes.articles.account import Account
from quotes.articles.metadata import NOTHING, Metadata
from quotes.articles.source import Source
from quotes.columns import Columns
from quotes.errors import ArticleError
from quotes.records import Form


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as read; ``where`` is the file, or the row of it, as errors name it.

    ``id`` is the name that the text has in a table. ``stated`` is what the author or the table
    says about it, ``hinted`` what it only hints at (fact → value and how), ``declared`` what a
    page's markup says. ``unread`` is a date that could not be read. ``original`` is the text as it
    was read, where ``body`` is a repaired form of it; ``raw_hash`` the SHA-256 of the page.
    """

    where: str
    body: str
    id: str | None = None
    stated: Metadata = NOTHING
    hinted: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    declared: Metadata = NOTHING
    unread: str | None = None
    original: str | None = None
    raw_hash: str | None = None
    form: Form = "article"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is told: what columns mean, whose a domain is, where to keep what to tell.

    ``is_stored`` says whether a page of this address and hash needs not be read again.
    """

    columns: Columns = field(default_factory=Columns)
    domains: Mapping[str, str] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    is_stored: Callable[[str, str], bool] = lambda _url, _hash: False


Found = Draft | Source | ArticleError
"""A text, something further to be read (a file of an archive), or what is wrong with a part."""

Reader = Callable[[Source, Reading], Iterator[Found]]
"""Reads one source.

Yields an ArticleError for each broken part; raises one where the source cannot be read (further).
"""
