"""READ FIRST: the stages in order. The only module that joins them.

article -> spans -> attribution -> speakers -> statements -> repository (normaliser, storage)

Extraction alone needs no database and does not import it, which takes as long as all the rest: so
``quotes extract`` and the processes of ``--jobs`` are ready sooner.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from quotes.attribution import Attributor
from quotes.english.document import Document
from quotes.english.encoder import load_encoder
from quotes.english.parser import load_model
from quotes.errors import ArticleError
from quotes.normaliser.statements import split_statements
from quotes.placing import Places
from quotes.records import (
    Article,
    AttributedQuotation,
    Attribution,
    Completed,
    Evidence,
    ExtractedArticle,
    KnownSpeaker,
    Quotation,
    Speaker,
    Stored,
    Unchanged,
)
from quotes.seeds import load_countries, load_outlets
from quotes.settings import model_name
from quotes.spans import find_quotations
from quotes.speakers import Registry, Resolver
from quotes.speakers.coreference import Coreference, CorefMode
from quotes.transcripts import read_transcript
from quotes.workers import in_order

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quotes.database.extractions.changes import Report
    from quotes.database.repository import Repository


Outcome = Stored | Completed | Unchanged | ArticleError
"""What may become of an article that is to be stored."""


class Extractor:
    """Finds, attributes and resolves the quotations of articles; needs no database.

    ``known`` are the speakers of the registry. The spaCy pipeline is loaded when an article first
    needs it, or never; so is the model of coreference, which ``coref`` turns on, and the encoder,
    which ``fast`` leaves out. ``jobs`` processes share the work of ``extract_all``.
    """

    def __init__(
        self,
        known: Sequence[KnownSpeaker],
        *,
        model: str | None = None,
        coref: CorefMode = "off",
        fast: bool = False,
        jobs: int = 1,
    ) -> None:
        self.model = model or model_name()
        self._jobs = jobs
        self._again = partial(_attempts, known, self.model, coref, fast)
        self._coreference = None if coref == "off" else Coreference(coref)
        outlets = (name for outlet in load_outlets() for name in (outlet.name, *outlet.names))
        self._registry = Registry(known, load_countries(), outlets)
        encoder = None if fast else load_encoder
        self._attributor = Attributor(lambda: load_model(self.model), load_encoder=encoder)

    def extract(self, article: Article) -> ExtractedArticle:
        """Return everything that the article says in quotation marks, and who said it.

        Raises ArticleError for a text with halves of Unicode characters, which no parser takes.
        """
        _refuse_halves(article)
        document = Document(article.body)
        places = Places(document.laid)
        quotations, attributions = self._found(article, document)
        resolved = self._resolve(document, article, quotations, attributions)
        return ExtractedArticle(
            article,
            tuple(map(places.attributed, resolved)),
            tuple(
                ()
                if attribution.rule == "enclosing"
                else tuple(map(places.statement, split_statements(quotation)))
                for quotation, attribution in zip(quotations, attributions, strict=True)
            ),
            self.model,
        )

    def _found(
        self, article: Article, document: Document
    ) -> tuple[Sequence[Quotation], Sequence[Attribution]]:
        """Return the quotations, by their marks or by the labels of a transcript, and whose."""
        if article.form == "transcript":
            quotations, attributions = read_transcript(document)
            if quotations:
                return quotations, attributions
        quotations = find_quotations(document)
        return quotations, self._attributor.attribute(document, quotations)

    def extract_all(
        self, articles: Iterable[Article]
    ) -> Generator[tuple[Article, ExtractedArticle | ArticleError], None, None]:
        """Yield each article, in order, with what was found in it or why that failed."""
        if self._jobs > 1:
            return in_order(self._again, articles, self._jobs, __name__, "spacy")
        return ((article, self.attempt(article)) for article in articles)

    def attempt(self, article: Article) -> ExtractedArticle | ArticleError:
        """Extract an article; what is wrong with it is returned, so that a batch goes on."""
        try:
            return self.extract(article)
        except ArticleError as error:
            return error

    def _resolve(
        self,
        document: Document,
        article: Article,
        quotations: Sequence[Quotation],
        attributions: Sequence[Attribution],
    ) -> Iterator[AttributedQuotation]:
        resolver: Resolver | None = None
        previous: Speaker | None = None
        for quotation, attribution in zip(quotations, attributions, strict=True):
            speaker = None
            if attribution.mention is not None:
                resolver = resolver or Resolver(
                    document, article, self._registry, quotations, self._coreference
                )
                speaker = resolver.resolve(attribution.mention, quotation, previous=previous)
                previous = speaker or previous
                undecided = resolver.candidates(attribution.mention, speaker)
                attribution = _with_candidates(attribution, speaker, undecided)
            yield AttributedQuotation(quotation, attribution, speaker)


def _refuse_halves(article: Article) -> None:
    try:
        article.body.encode()
    except UnicodeEncodeError:
        problem = "holds halves of Unicode characters: save it as UTF-8 again"
        raise ArticleError(article.source or "this text", problem) from None


def _with_candidates(
    attribution: Attribution, speaker: Speaker | None, candidates: tuple[Evidence, ...]
) -> Attribution:
    """Return an attribution with those whom its mention may mean, if they are several."""
    reason = "several may be meant" if candidates and speaker is None else attribution.reason
    evidence = (*attribution.evidence, *candidates)
    return dataclasses.replace(attribution, evidence=evidence, reason=reason)


def _attempts(
    known: Sequence[KnownSpeaker], model: str, coref: CorefMode, fast: bool
) -> Callable[[Article], ExtractedArticle | ArticleError]:
    return Extractor(known, model=model, coref=coref, fast=fast).attempt


def ingest(
    articles: Iterable[Article],
    repository: Repository,
    extractor: Extractor,
    on_result: Callable[[Article, Outcome], None],
) -> None:
    """Extract and store articles, each in a transaction of its own.

    ``on_result`` hears what became of each. An article that is stored already costs no extraction,
    unless more is known about it now.
    """
    run: int | None = None
    counts = {"articles": 0, "unchanged": 0, "failed": 0, "quotations": 0}

    def fresh() -> Iterator[Article]:
        for article in articles:
            found = repository.find(article)
            if isinstance(found, Unchanged):
                counts["unchanged"] += 1
                on_result(article, found)
            else:
                yield found

    try:
        with closing(extractor.extract_all(fresh())) as results:
            for article, extracted in results:
                run = run or repository.start_run(extractor.model)
                outcome = _store(extracted, repository, run)
                if isinstance(outcome, ArticleError):
                    counts["failed"] += 1
                elif isinstance(outcome, Unchanged):
                    counts["unchanged"] += 1
                else:
                    counts["articles"] += 1
                    counts["quotations"] += outcome.quotations
                on_result(article, outcome)
    finally:
        if run is not None:
            repository.finish_run(run, **counts)


def _store(extracted: ExtractedArticle | ArticleError, repository: Repository, run: int) -> Outcome:
    if isinstance(extracted, ArticleError):
        return extracted
    try:
        return repository.add_article(extracted, run)
    except ArticleError as error:
        return error


def reprocess(
    session: Session,
    extractor: Extractor,
    on_result: Callable[[Report], None],
    *,
    dry_run: bool = False,
) -> None:
    """Extract the stored articles again, and store what is found now under the judgements.

    Every article is a transaction of its own; ``on_result`` hears what changed in each. With
    ``dry_run`` nothing is written.
    """
    from quotes.database.extractions.articles import stored_articles
    from quotes.database.extractions.changes import Report
    from quotes.database.repository import Repository
    from quotes.database.reprocess import compare, replace

    repository = Repository(session)
    run = None if dry_run else repository.start_run(extractor.model)
    done = Report()
    try:
        for key, article in stored_articles(session):
            extracted = extractor.extract(article)
            if run is None:
                changes = compare(session, key, extracted)
                report = Report(1, len(extracted.quotations), changes)
            else:
                report = replace(session, key, extracted, run)
            done.articles += 1
            done.quotations += len(extracted.quotations)
            on_result(report)
    finally:
        if run is not None:
            repository.finish_run(
                run, articles=done.articles, unchanged=0, failed=0, quotations=done.quotations
            )
