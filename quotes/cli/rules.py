"""``quotes rules``: the constructions by which a source is found, and how often each is right."""

from __future__ import annotations

import click

from quotes.cli.options import common_options, format_option
from quotes.cli.output import print_values


@click.command(name="rules")
@format_option("table", "csv", "json", "jsonl")
@common_options
def command(form: str) -> None:
    """List the rules that attribute quotations.

    Each rule is a construction that may name the source of a quotation, with an example in which X
    is the source. Precision is the share of its proposals that were right on the labelled articles
    of the training part of PolNeAR, cases is their number. Rules only propose; a ranker that weighs
    everything proposed for a quotation chooses.
    """
    from quotes.attribution.rules import summary

    columns = ["rule", "precision", "cases", "example"]
    print_values(columns, [(r.name, r.precision, r.cases, r.example) for r in summary()], form)
