"""A component for spaCy pipelines: ``nlp.add_pipe("quotes")``, then ``doc._.quotations``.

spaCy finds it through the entry point ``spacy_factories``; nothing has to be imported. It needs no
other component, so it works in any English pipeline, ``spacy.blank("en")`` too, and changes nothing
that others set. What it finds is kept as plain values in ``doc.user_data``: it survives
``Doc.to_bytes``, ``DocBin(store_user_data=True)`` and ``nlp.pipe(n_process=2)``.
"""
# No `from __future__ import annotations` here: spaCy checks the settings by the real annotations.

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from quotes.api.extraction import Extractor
from quotes.api.values import day
from quotes.records import ExtractedQuotation
from quotes.speakers.coreference import CorefMode

SPANS = "quotations"
"""The name of the group of spans in ``doc.spans``."""
_FOUND, _PUBLISHED = "quotes.found", "quotes.published"  # keys in doc.user_data


class QuotationFinder:
    """Finds the quotations of a Doc and who said each.

    ``doc._.quotations`` holds an ``ExtractedQuotation`` each, whose offsets are those of
    ``doc.text``; ``doc.spans["quotations"]`` the tokens, with the kind as label and the speaker's
    slug as ``kb_id_``. Set ``doc._.published`` (a date, or text such as "2025-08-15") before the
    component runs to decide who held an office when "the US president" spoke.
    """

    def __init__(self, extractor: Extractor, name: str = "quotes") -> None:
        self.name = name
        self._extractor = extractor

    def __call__(self, doc: Doc) -> Doc:
        """Set the quotations of ``doc`` and return it."""
        found = self._extractor.extract(doc.text, published=doc._.published)
        doc.user_data[_FOUND] = [one.to_dict() for one in found]
        doc.spans[SPANS] = [
            doc.char_span(
                one.start,
                one.end,
                label=one.kind,
                kb_id=one.speaker_slug or "",
                alignment_mode="expand",
            )
            for one in found
        ]
        return doc


def make_quotation_finder(
    nlp: Language,  # noqa: ARG001  (spaCy hands it to every factory)
    name: str,
    model: str | None,
    coref: CorefMode,
    fast: bool,
) -> QuotationFinder:
    """Make the component; ``model``, ``coref`` and ``fast`` are those of ``quotes.Extractor``."""
    return QuotationFinder(Extractor(model=model, coref=coref, fast=fast), name)


def quotations_of(doc: Doc) -> list[ExtractedQuotation]:
    """Return what the component found in ``doc``; nothing if it has not run."""
    return [ExtractedQuotation.from_dict(row) for row in doc.user_data.get(_FOUND, ())]


def published(doc: Doc) -> date | None:
    """Return the day on which the text of ``doc`` was published, None if nobody has said."""
    return day(doc.user_data.get(_PUBLISHED))


def set_published(doc: Doc, value: date | str | None) -> None:
    """Say when the text was published; raises UsageError for what is not a date."""
    found = day(value)
    doc.user_data[_PUBLISHED] = found.isoformat() if found else None


Language.factory(
    "quotes",
    assigns=["doc._.quotations", "doc.spans"],
    default_config={"model": None, "coref": "off", "fast": False},
    func=make_quotation_finder,
)
Doc.set_extension("quotations", getter=quotations_of)
if not Doc.has_extension("published"):  # a pipeline may have one of its own, which does as well
    Doc.set_extension("published", getter=published, setter=set_published)
