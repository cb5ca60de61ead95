"""Quotations of texts and files, without a database."""

from __future__ import annotations

import dataclasses
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quotes import pipeline
from quotes.api.values import day
from quotes.articles import Metadata
from quotes.articles import read_articles as read
from quotes.english.encoder import missing
from quotes.errors import ArticleError
from quotes.records import Article, ExtractedQuotation, KnownSpeaker
from quotes.seeds import load_speakers, outlet_domains
from quotes.settings import model_name

if TYPE_CHECKING:
    from quotes.speakers.coreference import CorefMode

Input = str | os.PathLike[str] | Article
"""A file or folder by its path, or an article."""


def extract(
    text: str | Article,
    *,
    published: date | str | None = None,
    byline: str | None = None,
    source: str | None = None,
    everything: bool = False,
    fast: bool = False,
) -> list[ExtractedQuotation]:
    """Return the quotations of a text, in its order, and who said each.

    ``published`` (a date, or text such as "2025-08-15") decides who held an office when "the US
    president" spoke. ``byline`` names the author, who is "I". ``source`` is any name for the text,
    for ``to_dict()["article"]``. Titles, nicknames and scare quotes are left out unless
    ``everything`` is true. ``fast`` does without the encoder's second opinion, as ``--fast``.

    What the first call loads is kept; several threads take an ``Extractor`` each. Raises UsageError
    for a date that cannot be read, ArticleError for halves of Unicode characters, ModelError if the
    spaCy pipeline is missing.

    >>> extract("“We sail at noon,” said Ann Roe.")
    [ExtractedQuotation(0, 18, '“We sail at noon,”', speaker='Ann Roe')]
    """
    facts = {"published": published, "byline": byline, "source": source}
    return _shared(model_name(), fast).extract(_article(text, **facts), everything=everything)


class Extractor:
    """Extracts any number of texts; what it needs is loaded once.

    ``speakers`` are the people and organisations that are known (default: those that ship with the
    program); others are found in the texts. ``model`` names an installed spaCy pipeline, which is
    loaded when a text first needs it. ``coref`` asks coreference about pronouns: "off", "auto"
    (where the rules are unsure) or "always". ``fast`` does without the encoder's second opinion on
    who spoke: sooner, and right a little less often. ``jobs`` processes share the work of ``pipe``.

    Warns once if the encoder is wanted and onnxruntime, which runs it, is not installed.
    """

    def __init__(
        self,
        speakers: Iterable[KnownSpeaker] | None = None,
        *,
        model: str | None = None,
        coref: CorefMode = "off",
        fast: bool = False,
        jobs: int = 1,
    ) -> None:
        known = load_speakers() if speakers is None else tuple(speakers)
        warn_if_missing(fast)
        self._extractor = pipeline.Extractor(known, model=model, coref=coref, fast=fast, jobs=jobs)

    def __repr__(self) -> str:
        return f"<quotes.Extractor, spaCy pipeline {self._extractor.model}>"

    def extract(
        self, text: str | Article, *, published: date | str | None = None, everything: bool = False
    ) -> list[ExtractedQuotation]:
        """Return the quotations of one text, see ``quotes.extract``."""
        article = _article(text, published=published)
        return self._extractor.extract(article).listed(everything=everything)

    def pipe(
        self,
        texts: Iterable[str | Article],
        *,
        everything: bool = False,
        on_error: Callable[[ArticleError], None] | None = None,
    ) -> Iterator[list[ExtractedQuotation]]:
        """Yield the quotations of each text, in the order of ``texts``, which is read as needed.

        Texts with a date are given as ``Article``. A text that cannot be extracted is given to
        ``on_error`` and has no quotations; without it ArticleError is raised.
        """
        refuse = on_error or _raise
        for _, found in self._extractor.extract_all(map(_article, texts)):
            if isinstance(found, ArticleError):
                refuse(found)
                yield []
            else:
                yield found.listed(everything=everything)


def warn_if_missing(fast: bool) -> None:
    """Warn that the encoder cannot run here, unless it is not wanted."""
    lacking = None if fast else missing()
    if lacking:
        warnings.warn(lacking, RuntimeWarning, stacklevel=3)


def read_articles(
    inputs: Input | Iterable[Input],
    *,
    on_error: Callable[[ArticleError], None] | None = None,
    published: date | str | None = None,
    outlet: str | None = None,
    language: str | None = None,
) -> Iterator[Article]:
    """Yield the articles in files and folders (.txt, .md, .html, .jsonl, .csv, .tsv), one by one.

    ``published``, ``outlet`` and ``language`` win over what the files say about themselves. What
    cannot be read is given to ``on_error`` and the rest goes on; without it ArticleError is raised.
    Articles among ``inputs`` are passed on as they are.
    """
    given = Metadata(published=day(published), outlet=outlet, language=language)
    if isinstance(inputs, str | os.PathLike | Article):
        inputs = (inputs,)
    for item in inputs:
        if isinstance(item, Article):
            yield item
        else:
            yield from read(
                [os.fspath(item)],
                defaults=given,
                on_error=on_error or _raise,
                domains=outlet_domains(),
            )


def _article(text: str | Article, **facts: Any) -> Article:
    if not isinstance(text, str | Article):
        wanted = "give a str or an Article; quotes.read_articles reads files"
        raise TypeError(f"{type(text).__name__} is not a text: {wanted}")
    article = text if isinstance(text, Article) else Article(source="", body=text)
    known = {name: value for name, value in facts.items() if value is not None}
    if "published" in known:
        known["published"] = day(known["published"])
    return dataclasses.replace(article, **known)


def _raise(error: ArticleError) -> None:
    raise error


@lru_cache(maxsize=2)
def _shared(model: str, fast: bool) -> Extractor:
    return Extractor(model=model, fast=fast)
