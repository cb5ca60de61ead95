"""READ FIRST: the stages in order. The only module that joins them.

article -> spans -> attribution -> speakers -> statements -> (database: normaliser, storage)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from quotes.attribution import Attributor
from quotes.database.repository import Repository, Stored, Unchanged
from quotes.errors import ArticleError, ModelError
from quotes.normaliser.statements import split_statements
from quotes.records import (
    Article,
    AttributedQuotation,
    Attribution,
    ExtractedArticle,
    KnownSpeaker,
    Quotation,
    Speaker,
)
from quotes.seeds import load_countries
from quotes.settings import model_name
from quotes.spans import find_quotations
from quotes.speakers import DocumentSpeakers, Registry
from quotes.speakers.coreference import Coreference, CorefMode

if TYPE_CHECKING:
    from spacy.language import Language

_UNUSED_PIPES = ("ner", "lemmatizer", "attribute_ruler", "textcat", "entity_linker")


def load_model(name: str | None) -> Language:
    """Load the spaCy pipeline ``name`` (None: the configured one) without the parts not needed.

    Raises ModelError if it is not installed or has no parser.
    """
    wanted = name or model_name()
    import spacy

    try:
        nlp = spacy.load(wanted, exclude=list(_UNUSED_PIPES))
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"spaCy pipeline '{wanted}' cannot be loaded: install it with pip, or choose another "
            "with --model or QUOTES_MODEL"
        ) from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"spaCy pipeline '{wanted}' has no parser: choose one that has")
    return nlp


class Extractor:
    """Finds, attributes and resolves the quotations of articles; needs no database.

    ``known`` are the speakers of the registry. The spaCy pipeline is loaded when an article first
    needs it, or never; so is the model of coreference, which ``coref`` turns on.
    """

    def __init__(
        self,
        known: Sequence[KnownSpeaker],
        *,
        model: str | None = None,
        coref: CorefMode = "off",
    ) -> None:
        self.model = model or model_name()
        self._coreference = None if coref == "off" else Coreference(coref)
        self._registry = Registry(known, load_countries())
        self._attributor = Attributor(lambda: load_model(self.model))

    def extract(self, article: Article) -> ExtractedArticle:
        """Return everything that the article says in quotation marks, and who said it."""
        quotations = find_quotations(article.body)
        attributions = self._attributor.attribute(article.body, quotations)
        speakers = self._resolve(article, quotations, attributions)
        return ExtractedArticle(
            article,
            tuple(
                AttributedQuotation(*found)
                for found in zip(quotations, attributions, speakers, strict=True)
            ),
            tuple(
                () if attribution.rule == "enclosing" else split_statements(quotation)
                for quotation, attribution in zip(quotations, attributions, strict=True)
            ),
            self.model,
        )

    def _resolve(
        self,
        article: Article,
        quotations: Sequence[Quotation],
        attributions: Sequence[Attribution],
    ) -> Iterator[Speaker | None]:
        document: DocumentSpeakers | None = None
        previous: Speaker | None = None
        for quotation, attribution in zip(quotations, attributions, strict=True):
            speaker = None
            if attribution.mention is not None:
                document = document or DocumentSpeakers(
                    article, self._registry, quotations, self._coreference
                )
                speaker = document.resolve(attribution.mention, quotation.start, previous=previous)
                previous = speaker or previous
            yield speaker


def ingest(
    articles: Iterable[Article],
    repository: Repository,
    extractor: Extractor,
    on_result: Callable[[Article, Stored | Unchanged | ArticleError], None],
) -> None:
    """Extract and store articles one by one, each in a transaction of its own.

    ``on_result`` hears what became of each. An article that is stored already costs no extraction.
    """
    run: int | None = None
    counts = {"articles": 0, "unchanged": 0, "failed": 0, "quotations": 0}
    try:
        for article in articles:
            if run is None:
                run = repository.start_run(extractor.model)
            outcome = _ingest_one(article, repository, extractor, run)
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


def _ingest_one(
    article: Article, repository: Repository, extractor: Extractor, run: int
) -> Stored | Unchanged | ArticleError:
    try:
        stored = repository.find(article)
        return stored or repository.add_article(extractor.extract(article), run)
    except ArticleError as error:
        return error
