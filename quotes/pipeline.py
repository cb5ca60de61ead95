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
from itertools import islice
from typing import TYPE_CHECKING

from quotes.attribution import Attributor
from quotes.english.document import Document
from quotes.english.encoder import load_encoder
from quotes.english.parser import load_model
from quotes.errors import ArticleError, FaultError, QuotesError
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
from quotes.workers import in_order, paying_jobs

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quotes.database.extractions.changes import Report
    from quotes.database.repository import Repository


A_FEW = 50
"""So many articles are done before other processes have begun."""
LONGEST_MENTION = 300
"""Characters: what is longer is a list, or text that lost its marks, and names nobody."""
LONGEST_NAME = 200
"""Characters of a speaker's name; also what PostgreSQL can find by an index has a limit."""

Outcome = Stored | Completed | Unchanged | ArticleError
"""What may become of an article that is to be stored."""


class Extractor:
    """Finds, attributes and resolves the quotations of articles; needs no database.

    ``known`` are the speakers of the registry. The spaCy pipeline is loaded when an article first
    needs it, or never; so is the model of coreference, which ``coref`` turns on, and the encoder,
    which ``fast`` leaves out. ``jobs`` processes share the work of ``extract_all``; None: as many
    as pay, for more than ``A_FEW`` articles.
    """

    def __init__(
        self,
        known: Sequence[KnownSpeaker],
        *,
        model: str | None = None,
        coref: CorefMode = "off",
        fast: bool = False,
        jobs: int | None = 1,
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
        resolved = [*self._resolve(document, article, quotations, attributions)]
        return ExtractedArticle(
            article,
            tuple(map(places.attributed, resolved)),
            tuple(
                ()
                if _is_part(item, resolved)
                else tuple(map(places.statement, split_statements(item.quotation)))
                for item in resolved
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
        return quotations, [*map(_named, self._attributor.attribute(document, quotations))]

    def extract_all(
        self, articles: Iterable[Article]
    ) -> Generator[tuple[Article, ExtractedArticle | ArticleError], None, None]:
        """Yield each article, in order, with what was found in it or why that failed."""
        rest, jobs = iter(articles), self._jobs
        if jobs is None:
            jobs = paying_jobs()
            for article in rest if jobs == 1 else islice(rest, A_FEW):
                yield article, self.attempt(article)
        if jobs > 1:
            yield from in_order(self._again, rest, jobs, __name__, "spacy")
        for article in rest:
            yield article, self.attempt(article)

    def attempt(self, article: Article) -> ExtractedArticle | ArticleError:
        """Extract an article; what is wrong with it is returned, so that a batch goes on.

        So is a fault of this program that shows at this article. Raises QuotesError and ImportError
        where no article could be extracted.
        """
        try:
            return self.extract(article)
        except ArticleError as error:
            return error
        except (QuotesError, ImportError):
            raise
        except Exception as error:
            return FaultError.at(article.source or "this text", error)

    def _resolve(
        self,
        document: Document,
        article: Article,
        quotations: Sequence[Quotation],
        attributions: Sequence[Attribution],
    ) -> Iterator[AttributedQuotation]:
        resolver: Resolver | None = None
        previous: Speaker | None = None
        found: list[Speaker | None] = []
        for quotation, attribution in zip(quotations, attributions, strict=True):
            speaker = None
            if attribution.mention is not None:
                resolver = resolver or Resolver(
                    document, article, self._registry, quotations, self._coreference
                )
                outer = None if quotation.parent is None else found[quotation.parent]
                speaker = resolver.resolve(
                    attribution.mention, quotation, previous=previous, outer=outer
                )
                if speaker is not None and len(speaker.name) > LONGEST_NAME:
                    speaker = None
                previous = speaker or previous
                undecided = resolver.candidates(attribution.mention, speaker)
                attribution = _with_candidates(attribution, speaker, undecided)
            found.append(speaker)
            yield AttributedQuotation(quotation, attribution, speaker)


def _is_part(item: AttributedQuotation, found: Sequence[AttributedQuotation]) -> bool:
    """Tell whether what somebody quotes is already said in the quotation around it."""
    if item.attribution.rule == "enclosing":
        return True
    around = None if item.quotation.parent is None else found[item.quotation.parent].speaker
    return bool(around and item.speaker and around.slug == item.speaker.slug)


def _refuse_halves(article: Article) -> None:
    try:
        article.body.encode()
    except UnicodeEncodeError:
        problem = "holds halves of Unicode characters: save it as UTF-8 again"
        raise ArticleError(article.source or "this text", problem) from None


def _named(attribution: Attribution) -> Attribution:
    """Return an attribution without its mention where that is too long to name anybody."""
    mention = attribution.mention
    if mention is None or mention.end - mention.start <= LONGEST_MENTION:
        return attribution
    return Attribution(None, None, "none", 0.0, reason="the words of the source are not a name")


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

    ``on_result`` hears what became of each; one that fails never ends the batch. An article that is
    stored already costs no extraction, unless more is known about it now.
    """
    run: int | None = None
    counts = {"articles": 0, "unchanged": 0, "failed": 0, "quotations": 0}

    def tell(article: Article, outcome: Outcome) -> None:
        if isinstance(outcome, ArticleError):
            counts["failed"] += 1
        elif isinstance(outcome, Unchanged):
            counts["unchanged"] += 1
        else:
            counts["articles"] += 1
            counts["quotations"] += outcome.quotations
        on_result(article, outcome)

    def fresh() -> Iterator[Article]:
        for article in articles:
            found = repository.find(article)
            if isinstance(found, Unchanged | ArticleError):
                tell(article, found)
            else:
                yield found

    try:
        with closing(extractor.extract_all(fresh())) as results:
            for article, extracted in results:
                run = run or repository.start_run(extractor.model)
                if isinstance(extracted, ArticleError):
                    tell(article, extracted)
                else:
                    tell(article, repository.add(extracted, run))
    finally:
        if run is not None:
            repository.finish_run(run, **counts)


def reprocess(
    session: Session,
    extractor: Extractor,
    on_result: Callable[[Report], None],
    *,
    dry_run: bool = False,
) -> None:
    """Extract the stored articles again, and store what is found now under the judgements.

    Every article is a transaction of its own; ``on_result`` hears what changed in each, or that it
    failed and was left as it is. With ``dry_run`` nothing is written.
    """
    from quotes.database.engine.attempts import attempt
    from quotes.database.extractions.articles import stored_articles
    from quotes.database.extractions.changes import Report
    from quotes.database.repository import Repository
    from quotes.database.reprocess import compare, replace

    repository = Repository(session)
    run = None if dry_run else repository.start_run(extractor.model)
    counts = {"articles": 0, "unchanged": 0, "failed": 0, "quotations": 0}

    def again(key: int, article: Article) -> Report:
        extracted = extractor.extract(article)
        if run is None:
            return Report(1, len(extracted.quotations), compare(session, key, extracted))
        return replace(session, key, extracted, run)

    try:
        for key, article in stored_articles(session):
            report = attempt(article.source, partial(again, key, article))
            if isinstance(report, ArticleError):
                report = Report(failed=[report])
            counts["articles"] += report.articles
            counts["failed"] += len(report.failed)
            counts["quotations"] += report.quotations
            on_result(report)
    finally:
        if run is not None:
            repository.finish_run(run, **counts)
