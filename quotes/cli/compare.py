"""``quotes compare``: two variants word by word, or two outlets quote by quote."""

from __future__ import annotations

from collections import Counter

import click

from quotes.cli.options import common_options, database_option, format_option, state
from quotes.cli.output import note, plural, print_text, print_values
from quotes.cli.show import GREEN, PLAIN, RED, difference
from quotes.database.session import open_reader
from quotes.errors import UsageError
from quotes.search.compare import (
    COMPARED_COLUMNS,
    MEANINGS,
    Compared,
    compare_outlets,
    compare_texts,
    compared_row,
)
from quotes.search.doubt import doubted


@click.command(name="compare")
@click.argument("ids", metavar="[ID ID]", nargs=-1)
@click.option("--outlets", nargs=2, metavar="A B", help="Compare what these two outlets published.")
@format_option("text", "csv", "json", "jsonl")
@database_option
@common_options
def command(ids: tuple[str, ...], outlets: tuple[str, str] | None, form: str) -> None:
    """Compare two variants, or what two outlets made of the same quotes.

    Differences are shown as [-only in the first-] and {+only in the second+}.

    \b
      quotes compare v7 v32
      quotes compare --outlets "Sample Wire" "Sample Digest"
    """
    if bool(ids) == bool(outlets) or (ids and len(ids) != 2):
        raise UsageError("give two identifiers, such as v7 v32, or --outlets with two names")
    with open_reader(state().database) as connection:
        if outlets is None:
            found = [compare_texts(connection, *ids)]
            names = tuple(ids)
        else:
            both = compare_outlets(connection, *outlets)
            found, names = list(both.shared), (both.left, both.right)
    if form != "text":
        print_values(COMPARED_COLUMNS, map(compared_row, found), form)
    elif outlets is None:
        _print_pair(found[0])
    else:
        for one in found:
            _print_shared(one)
    if outlets is not None:
        counts = Counter(one.between for one in found)
        listed = ", ".join(
            f"{words} {counts[one]}" for one, words in MEANINGS.items() if counts[one]
        )
        note(f"in both {names[0]} and {names[1]}: {plural(len(found), 'quote')}")
        if listed:
            note(f"of these: {listed}")
        note(f"only in {names[0]}: {both.only_left}; only in {names[1]}: {both.only_right}")


def _print_pair(one: Compared) -> None:
    for side, style in ((one.left, RED), (one.right, GREEN)):
        print_text((side.text, style), first=f"{side.id:<6}")
        if side.speaker:
            print_text((doubted(side.speaker, side.confidence), {"dim": True}), indent=" " * 6)
    _print_difference(one, "")


def _print_shared(one: Compared) -> None:
    speaker = doubted(one.left.speaker or "nobody", one.left.confidence)
    style = RED if one.between == "divergent" else PLAIN
    print_text(
        (f"{one.left.id} {speaker} · ", PLAIN), (MEANINGS[one.between], style), first="", whole=True
    )
    if one.between == "same":
        print_text((one.left.text, PLAIN), indent="   ", whole=True)
    else:
        _print_difference(one, "   ")


def _print_difference(one: Compared, indent: str) -> None:
    if not indent:
        style = RED if one.between == "divergent" else PLAIN
        print_text((MEANINGS[one.between], style), first="")
    if one.between != "same":
        print_text(*difference(one.difference), indent=indent, whole=True)
    for warning in one.warnings:
        print_text((f"! {warning}", RED), indent=indent, whole=True)
