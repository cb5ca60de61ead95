"""``quotes show``: everything about one canonical quote."""

from __future__ import annotations

import textwrap

import click

from quotes.cli.options import common_options, database_option, state
from quotes.cli.output import plural, printable
from quotes.database.session import open_reader
from quotes.normaliser import DiffOp
from quotes.search.details import PrintedRendering, QuoteDetails, VariantDetails, quote_details


@click.command(name="show")
@click.argument("quote_id", metavar="ID", type=click.IntRange(min=1))
@database_option
@common_options
def command(quote_id: int) -> None:
    """Show one quote: its wordings, who printed them, and why.

    ID is the number in the first column of `quotes search`. For every wording the difference to the
    canonical one is shown as [-left out-] and {+put in+}; for every printing its passage, and the
    rule, words and confidence behind its attribution.
    """
    with open_reader(state().database) as connection:
        details = quote_details(connection, quote_id)
    _print_quote(details)
    for number, variant in enumerate(details.variants, start=1):
        _print_variant(number, variant)


def _print_quote(quote: QuoteDetails) -> None:
    _write(click.style(_inline(quote.text), bold=True))
    click.echo(f"  {printable(quote.speaker)} ({quote.speaker_slug}){_dates(quote)}")
    click.echo(
        f"  quote {quote.id}: {plural(len(quote.variants), 'wording')}, "
        f"{plural(quote.renderings, 'printing')}, {plural(quote.outlets, 'outlet')}"
    )
    _write(f"canonical because it is {quote.why}", "  ")


def _dates(quote: QuoteDetails) -> str:
    if not quote.first_published:
        return ""
    if quote.first_published == quote.last_published:
        return f", {quote.first_published}"
    return f", {quote.first_published} to {quote.last_published}"


def _print_variant(number: int, variant: VariantDetails) -> None:
    click.echo()
    relation = click.style(variant.relation, fg="red" if variant.relation == "divergent" else None)
    first = f", first on {variant.first_published}" if variant.first_published else ""
    click.echo(f"{number}. {relation} ({plural(variant.outlets, 'outlet')}{first})")
    _write(_difference(variant.diff) if variant.diff else _inline(variant.text), "   ")
    for warning in variant.warnings:
        _write(click.style(f"! {warning}", fg="red"), "   ")
    for rendering in variant.renderings:
        _print_rendering(rendering)


def _difference(steps: tuple[DiffOp, ...]) -> str:
    """Return a word-level difference as one line of styled text."""
    words = []
    for step in steps:
        if step.op == "equal":
            words.append(_inline(" ".join(step.variant)))
            continue
        if step.canonical:
            left_out = f"[-{_inline(' '.join(step.canonical))}-]"
            words.append(click.style(left_out, fg="red", strikethrough=True))
        if step.variant:
            put_in = f"{{+{_inline(' '.join(step.variant))}+}}"
            words.append(click.style(put_in, fg="green"))
    return " ".join(words)


def _print_rendering(rendering: PrintedRendering) -> None:
    outlet = rendering.outlet or "unknown outlet"
    place = ", ".join(
        printable(str(part))
        for part in (outlet, rendering.published, rendering.title)
        if part is not None
    )
    click.echo(f"   - {place}")
    click.echo(f"     {printable(rendering.url or rendering.source)}")
    passage = click.style(_inline(rendering.quotation), bold=True)
    before, after = _inline(rendering.before), _inline(rendering.after)
    _write(f"…{before} {passage} {after}…", "     | ")
    _write(_reason(rendering), "     ")


def _reason(rendering: PrintedRendering) -> str:
    """Say by which rule, on which words and how surely the printing was attributed."""
    rules = rendering.rule
    if rendering.speaker_rule:
        rules += f", speaker by {rendering.speaker_rule}"
    words = ", ".join(f"{piece.role} “{_inline(piece.text)}”" for piece in rendering.evidence)
    behalf = f"; speaks for {_inline(rendering.on_behalf_of)}" if rendering.on_behalf_of else ""
    return f"why: {rules} ({words}), confidence {rendering.confidence:.2f}{behalf}"


def _inline(text: str) -> str:
    return " ".join(printable(text).split())


def _write(text: str, indent: str = "") -> None:
    width = 96
    click.echo(
        textwrap.fill(
            text,
            width=width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
