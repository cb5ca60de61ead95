"""Everything about one canonical quote: its variants, who published them where, and why."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quotes.basics import Evidence, Provenance, Relation, Span
from quotes.database.session import Connection
from quotes.normaliser.difference import DiffOp, diff
from quotes.search.doubt import certainty, percent, remarks_of
from quotes.search.meant import missing
from quotes.search.reading import Record, ask
from quotes.search.reasons import why_of

LIKELY = 0.1
"""From this probability on another source is worth a look."""
CONTEXT = 120
"""How many characters of the article are shown on each side of a quotation."""


@dataclass(frozen=True, slots=True)
class PrintedRendering:
    """One rendering of a statement, with its place and the reasons for its attribution.

    ``before`` and ``after`` are the article's text around the quotation, ``quotation`` the whole
    quotation with its marks, ``start`` and ``end`` its place in the article. ``confidence`` (0-1)
    is that of mention and speaker together. ``names`` is whom the article itself names, where that
    is not the speaker of the quote; ``disputed`` says that it is sure of that. ``kind_confidence``
    (0-1, None: not known) is that in ``kind_rule``, by which the quotation counts as speech.
    ``why`` says in a sentence why it counts to whom the article names, and who else it may be.
    ``provenance`` is where the words of the article come from.
    """

    id: int
    quotation_id: int
    article_id: int
    source: str
    outlet: str | None
    title: str | None
    url: str | None
    archived: str | None
    published: date | None
    start: int
    end: int
    text: str
    relation: Relation
    before: str
    quotation: str
    after: str
    mention: Span | None
    cue: Span | None
    rule: str
    confidence: float
    evidence: tuple[Evidence, ...]
    why: str
    speaker_rule: str | None
    on_behalf_of: str | None
    names: str | None
    disputed: bool
    kind_rule: str
    kind_confidence: float | None
    provenance: Provenance | None

    @property
    def passage(self) -> tuple[str, str, str]:
        """The quotation between whole words of its surroundings, which end in "…" where cut."""
        before, after = self.before, self.after
        if self.start > len(before):
            before = "…" + before.partition(" ")[2]
        if len(after) == CONTEXT:
            after = after.rpartition(" ")[0] + "…"
        return before, self.quotation, after


@dataclass(frozen=True, slots=True)
class FittingQuote:
    """Another quote of the same speaker that a variant fits, too."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class VariantDetails:
    """One variant: how it differs from the canonical one, and everyone who published it.

    ``warnings`` say in words where the meaning may have changed. ``also_fits`` names the other
    quotes that the variant could belong to: it is with the one that it fits best.
    """

    id: int
    text: str
    relation: Relation
    diff: tuple[DiffOp, ...]
    warnings: tuple[str, ...]
    also_fits: tuple[FittingQuote, ...]
    outlets: int
    first_published: date | None
    renderings: tuple[PrintedRendering, ...]


@dataclass(frozen=True, slots=True)
class QuoteDetails:
    """One canonical quote; ``variants`` begins with the canonical one.

    ``why`` says in one sentence why that one is canonical. ``confidence`` (0-1) is that of the
    surest attribution to the speaker; ``remarks`` says in words what else to know.
    """

    id: int
    speaker: str
    speaker_slug: str
    text: str
    first_published: date | None
    last_published: date | None
    outlets: int
    renderings: int
    confidence: float
    remarks: tuple[str, ...]
    why: str
    variants: tuple[VariantDetails, ...]

    @property
    def disputes(self) -> dict[str, int]:
        """How many articles are sure of another speaker, by that speaker's name."""
        found: dict[str, set[int]] = defaultdict(set)
        for variant in self.variants:
            for one in variant.renderings:
                if one.disputed and one.names:
                    found[one.names].add(one.article_id)
        return {name: len(articles) for name, articles in sorted(found.items())}


_QUOTE = "SELECT * FROM quote_list WHERE id = :id"

VARIANT_ORDER = """CASE relation WHEN 'canonical' THEN 0 ELSE 1 END, outlets DESC, renderings DESC,
          first_published NULLS LAST, id"""
"""How the variants of a quote are ordered: the canonical one, then by support."""

_VARIANTS = f"""
SELECT * FROM variant_list WHERE quote_id = :id
 ORDER BY {VARIANT_ORDER}"""

_OTHERS = """
SELECT DISTINCT r.variant_id, a.also_quote_id AS id, a.also_text AS text
  FROM ambiguity_list a
  JOIN rendering_list r ON r.id = a.rendering_id
 WHERE a.quote_id = :id
 ORDER BY id"""

_CHOSEN = """
SELECT j."by"
  FROM judgement_list j
  JOIN judgement_places p ON p.judgement_id = j.id
  JOIN rendering_list r ON r.id = p.rendering_id
 WHERE j.kind = 'canonical' AND j.undone_at IS NULL AND r.quote_id = :id
 ORDER BY j.id DESC
 LIMIT 1"""

# The context is cut out by the database: bodies may be long, and many. substr counts from 1, and
# takes a length of 0 at the start of the body.
_RENDERINGS = f"""
SELECT r.*, q.text AS quotation, q.kind_rule, q.kind_confidence, t.mention, t.mention_start,
       t.mention_end, t.cue, t.cue_start, t.cue_end, t.rule, t.reason, t.evidence,
       t.speaker_evidence, t.speaker_rule, t.on_behalf_of,
       CASE WHEN r.start > {CONTEXT} THEN substr(a.body, r.start - {CONTEXT} + 1, {CONTEXT})
            ELSE substr(a.body, 1, r.start) END AS before,
       substr(a.body, r."end" + 1, {CONTEXT}) AS after
  FROM rendering_list r
  JOIN quotations q ON q.id = r.quotation_id
  JOIN attributions t ON t.quotation_id = r.quotation_id
  JOIN articles a ON a.id = r.article_id
 WHERE r.quote_id = :id
 ORDER BY r.published NULLS LAST, r.id"""


def quote_details(connection: Connection, quote_id: int) -> QuoteDetails:
    """Return everything that is known about a quote.

    Raises UnknownError if there is no such quote.
    """
    key = {"id": quote_id}
    found = list(ask(connection, _QUOTE, key, dates=("first_published", "last_published")))
    if not found:
        raise missing(connection, quote_id, "q")
    quote = found[0]
    renderings: dict[int, list[PrintedRendering]] = defaultdict(list)
    documents = ("evidence", "speaker_evidence")
    for row in ask(connection, _RENDERINGS, key, dates=["published"], documents=documents):
        renderings[row.variant_id].append(_rendering(row, quote.speaker_slug))
    others: dict[int, list[FittingQuote]] = defaultdict(list)
    for row in ask(connection, _OTHERS, key):
        others[row.variant_id].append(FittingQuote(row.id, row.text))
    variants = list(ask(connection, _VARIANTS, key, dates=["first_published"]))
    return QuoteDetails(
        id=quote.id,
        speaker=quote.speaker,
        speaker_slug=quote.speaker_slug,
        text=quote.text,
        first_published=quote.first_published,
        last_published=quote.last_published,
        outlets=quote.outlets,
        renderings=quote.renderings,
        confidence=quote.confidence,
        remarks=remarks_of(quote),
        why=_why(variants, next(iter(ask(connection, _CHOSEN, key)), None)),
        variants=tuple(
            _variant(quote.text, row, renderings[row.id], others[row.id]) for row in variants
        ),
    )


def _variant(
    canonical: str,
    row: Record,
    renderings: Sequence[PrintedRendering],
    others: Sequence[FittingQuote],
) -> VariantDetails:
    is_canonical = row.relation == "canonical"
    return VariantDetails(
        id=row.id,
        text=row.text,
        relation=row.relation,
        diff=() if is_canonical else diff(canonical, row.text),
        warnings=_warnings(row.relation, canonical, row.text),
        also_fits=tuple(others),
        outlets=row.outlets,
        first_published=row.first_published,
        renderings=tuple(renderings),
    )


def _warnings(relation: Relation, canonical: str, text: str) -> tuple[str, ...]:
    if relation != "divergent":
        return ()
    from quotes.normaliser.divergence import told  # most quotes do without, and start sooner

    return told(relation, canonical, text)


def _rendering(row: Record, speaker: str) -> PrintedRendering:
    """Return a rendering; ``speaker`` is the identifier of whose quote it is."""
    evidence = tuple(Evidence(**piece) for piece in (*row.evidence, *row.speaker_evidence))
    return PrintedRendering(
        id=row.id,
        quotation_id=row.quotation_id,
        article_id=row.article_id,
        source=row.source,
        outlet=row.outlet,
        title=row.title,
        url=row.url,
        archived=row.archived,
        published=row.published,
        start=row.start,
        end=row.end,
        text=row.text,
        relation=row.relation,
        before=row.before,
        quotation=row.quotation,
        after=row.after,
        mention=_span(row.mention_start, row.mention_end, row.mention),
        cue=_span(row.cue_start, row.cue_end, row.cue),
        rule=row.rule,
        confidence=row.confidence,
        evidence=evidence,
        why=_why_speaker(row, evidence),
        speaker_rule=row.speaker_rule,
        on_behalf_of=row.on_behalf_of,
        names=row.speaker if row.speaker_slug != speaker else None,
        disputed=bool(row.disputed),
        kind_rule=row.kind_rule,
        kind_confidence=row.kind_confidence,
        provenance=row.provenance,
    )


def _why_speaker(row: Record, evidence: Sequence[Evidence]) -> str:
    """Say why a rendering counts to whom its article names, how surely, and who else it may be."""
    named = [piece.text for piece in evidence if piece.role in ("name", "mention")]
    words = [why_of(row, named[-1] if named else None)]
    others = [f"“{piece.text}”" for piece in evidence if _is_other(piece, row.mention)]
    if others:
        words.append(f"next likeliest: {', '.join(others)}")
    if candidates := [piece.speaker for piece in evidence if piece.speaker]:
        words.append(f"may be {' or '.join(candidates)}")
    if row.on_behalf_of:
        words.append(f"speaks for {row.on_behalf_of}")
    if row.kind_confidence is not None and certainty(row.kind_confidence) != "sure":
        words.append(f"{percent(row.kind_confidence)} sure that it is speech at all")
    return "; ".join(words)


def _is_other(piece: Evidence, mention: str | None) -> bool:
    """Tell whether evidence names somebody else who may well have said it."""
    likely = piece.probability is not None and piece.probability >= LIKELY
    return likely and piece.text != mention


def _span(start: int | None, end: int | None, words: str | None) -> Span | None:
    return None if start is None or end is None or words is None else Span(start, end, words)


def _why(variants: Sequence[Record], chosen: Record | None) -> str:
    """Say why the first of ``variants`` is the canonical one; ``chosen`` tells who made it so."""
    if chosen is not None:
        return f"the one that {chosen.by} chose (see `quotes judge log`)"
    if len(variants) == 1:
        return "the only variant there is"
    outlets = variants[0].outlets
    support = "one outlet" if outlets == 1 else f"{outlets} outlets"
    why = (
        f"among the most complete of {len(variants)} variants, the one with the widest support "
        f"({support})"
    )
    if any(row.relation == "divergent" for row in variants):
        why += (
            "; a variant that more outlets contradict than confirm is passed over, or that as many "
            "contradict if it is clearly less sure who said it"
        )
    return why
