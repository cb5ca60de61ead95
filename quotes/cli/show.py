"""``quotes show``: everything about one canonical quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from quotes.cli.options import common_options, database_option, state
from quotes.cli.output import days, note, plural, print_text, printable
from quotes.database.session import open_reader
from quotes.ids import parse_id
from quotes.normaliser.difference import DiffOp
from quotes.search.details import (
    PrintedRendering,
    QuoteDetails,
    VariantDetails,
    quote_details,
)
from quotes.search.doubt import certainty, doubted, how_sure, mark_of
from quotes.search.meant import quote_meant

Piece = tuple[str, Mapping[str, Any]]

PLAIN: Mapping[str, Any] = {}
BOLD = {"bold": True}
RED = {"fg": "red"}
GREEN = {"fg": "green"}


@click.command(name="show")
@click.argument("quote", metavar="ID")
@click.option("--why", is_flag=True, help="Also say why each variant is the same statement.")
@database_option
@common_options
def command(quote: str, why: bool) -> None:
    """Show one quote: its variants, who published them, and why.

    ID is the number of a quote (q86) as `quotes search` prints it; that of a quotation (n123), a
    variant (v34) or a rendering (r56) shows the quote that it belongs to. For every variant the
    difference to the canonical one is shown as [-left out-] and {+put in+}; for every rendering its
    passage, why it counts to its speaker, and how sure that is; with --debug also by which rules.
    `quotes judge` takes the same numbers.
    """
    with open_reader(state().database) as connection:
        details = quote_details(connection, quote_meant(connection, quote))
    given = parse_id(quote, "qnvr")
    if given.letter == "q" and given.number != details.id:
        note(f"the words of {given} are in q{details.id} now")
    _print_quote(details)
    for number, variant in enumerate(details.variants, start=1):
        _print_variant(number, variant, details.speaker, details.text if why else None)


def _print_quote(quote: QuoteDetails) -> None:
    print_text((quote.text, BOLD))
    facts = [
        f"{doubted(quote.speaker, quote.confidence)} ({quote.speaker_slug})",
        days(quote.first_published, quote.last_published),
        *quote.remarks,
    ]
    print_text((", ".join(fact for fact in facts if fact), PLAIN), indent="  ")
    counts = [
        plural(len(quote.variants), "variant"),
        plural(quote.renderings, "rendering"),
        plural(quote.outlets, "outlet"),
    ]
    print_text((f"q{quote.id}: {', '.join(counts)}", PLAIN), indent="  ")
    print_text((f"canonical because it is {quote.why}", PLAIN), indent="  ")
    if certainty(quote.confidence) != "sure":
        print_text(
            (
                f"! who said it is {how_sure(quote.confidence)}: "
                "`quotes judge attribution` settles it",
                RED,
            ),
            indent="  ",
        )
    for name, articles in quote.disputes.items():
        sure = "is" if articles == 1 else "are"
        warning = f"! disputed: {plural(articles, 'article')} {sure} sure that {name} said it"
        print_text((warning, RED), indent="  ")


def _print_variant(
    number: int, variant: VariantDetails, speaker: str, canonical: str | None
) -> None:
    """Print a variant, and if the ``canonical`` one is given, why both are one statement."""
    style = RED if variant.relation == "divergent" else PLAIN
    first = f", first on {variant.first_published}" if variant.first_published else ""
    click.echo()
    facts = f" ({plural(variant.outlets, 'outlet')}{first})"
    print_text(
        (f"v{variant.id} ", PLAIN), (variant.relation, style), (facts, PLAIN), first=f"{number}. "
    )
    print_text(
        *(difference(variant.diff) if variant.diff else [(variant.text, PLAIN)]), indent="   "
    )
    if canonical is not None and variant.relation != "canonical":
        from quotes.normaliser.reasons import figures_of, why_one

        print_text((f"= one statement: {why_one(canonical, variant.text)}", PLAIN), indent="   ")
        if state().debug:
            print_text((f"figures: {figures_of(canonical, variant.text)}", PLAIN), indent="   ")
    for warning in variant.warnings:
        print_text((f"! {warning}", RED), indent="   ")
    for other in variant.also_fits:
        print_text((f"? also fits q{other.id}: “{other.text}”", PLAIN), indent="   ")
    for rendering in variant.renderings:
        _print_rendering(rendering, speaker)


def difference(steps: tuple[DiffOp, ...]) -> Iterator[Piece]:
    """Yield a word-level difference: [-left out-] and {+put in+}."""
    for step in steps:
        if step.op == "equal":
            yield f"{' '.join(step.variant)} ", PLAIN
            continue
        if step.canonical:
            yield f"[-{' '.join(step.canonical)}-] ", RED
        if step.variant:
            yield f"{{+{' '.join(step.variant)}+}} ", GREEN


def _print_rendering(rendering: PrintedRendering, speaker: str) -> None:
    facts = (
        rendering.outlet or "unknown outlet",
        rendering.published,
        rendering.title,
        mark_of(rendering.provenance),
    )
    place = ", ".join(str(fact) for fact in facts if fact is not None)
    numbers = f"r{rendering.id}, n{rendering.quotation_id}, a{rendering.article_id}"
    print_text((f"{place} ({numbers})", PLAIN), first="   - ")
    click.echo(f"     {printable(rendering.url or rendering.source)}")
    if rendering.archived:
        click.echo(f"     archived: {printable(rendering.archived)}")
    passage = zip(rendering.passage, (PLAIN, BOLD, PLAIN), strict=True)
    print_text(*passage, indent="     | ")
    if rendering.names:
        named = doubted(rendering.names, rendering.confidence)
        print_text((f"! this article names {named}, not {speaker}", RED), indent="     ")
    print_text((f"why: {rendering.why}", PLAIN), indent="     ")
    if state().debug:
        print_text((_rules(rendering), PLAIN), indent="     ")


def _rules(rendering: PrintedRendering) -> str:
    """Say by which rules, on which words and how surely the rendering was attributed."""
    rules = rendering.rule
    if rendering.speaker_rule:
        rules += f", speaker by {rendering.speaker_rule}"
    words = dict.fromkeys(
        f"{piece.role} “{piece.text}”"
        + ("" if piece.probability is None else f" {piece.probability:.2f}")
        for piece in rendering.evidence
        if piece.speaker is None
    )
    speech = rendering.kind_rule
    if rendering.kind_confidence is not None:
        speech += f" {rendering.kind_confidence:.2f}"
    confidence = f"confidence {rendering.confidence:.2f}"
    return f"rules: {rules} ({', '.join(words)}), {confidence}; speech by {speech}"
