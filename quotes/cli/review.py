"""``quotes review``: the least sure answers, one key each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.judge import by_option, judging
from quotes.cli.options import common_options, database_option
from quotes.cli.output import note, plural, print_text, printable

if TYPE_CHECKING:
    from quotes.database.judgements import Judge
    from quotes.database.review import Item

KEYS = "a accept, 1-9 choose, n nobody named, x no quotation, s skip, q quit"
_MARKED: Mapping[str, Any] = {"bold": True, "fg": "yellow"}
_NAMED: Mapping[str, Any] = {"underline": True, "fg": "cyan"}


@click.command(name="review")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.8,
    show_default=True,
    metavar="0..1",
    help="Only answers with less confidence than this.",
)
@by_option
@database_option
@common_options
def command(below: float, by: str | None) -> None:
    """Confirm or correct the attributions that the program is least sure of.

    Shows the passage with the quotation and the source marked, and waits for one key: a accepts
    the answer, a number chooses another speaker of the article, n says that nobody is named, x that
    it is no quotation, s skips, q quits. Every answer is stored at once as a judgement; the next
    call goes on where this one ended.
    """
    from quotes.database.review import next_item

    answers = 0
    skipped: set[int] = set()
    with judging(by) as (session, judge):
        while True:
            with session.begin():
                item = next_item(session, skipped, below)
            if item is None:
                note("nothing is left to review")
                break
            _show(item)
            key = _ask(item)
            if key == "q":
                break
            if key == "s":
                skipped.add(item.quotation_id)
            else:
                _store(judge, item, key)
                answers += 1
    note(f"{plural(answers, 'judgement')} stored, {len(skipped)} skipped")


def _show(item: Item) -> None:
    click.echo()
    place = ", ".join(text for text in (item.outlet, item.source) if text)
    click.echo(
        f"quotation {item.quotation_id} ({printable(place)}), confidence {item.confidence:.2f}, "
        f"{item.rule}"
    )
    print_text(*_passage(item), indent="  | ")
    if item.speaker is None:
        click.echo("  nobody was found")
    for number, candidate in enumerate(item.candidates, start=1):
        answer = " (the answer)" if candidate.slug == item.speaker else ""
        click.echo(f"  {number} {printable(candidate.name)}{answer}")


def _passage(item: Item) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the passage in pieces, the quotation and the mention marked also without colours."""
    marks = [(*item.quotation, _MARKED, "»", "«")]
    if item.mention and not item.quotation[0] <= item.mention[0] < item.quotation[1]:
        marks.append((*item.mention, _NAMED, "[", "]"))
    at = 0
    for start, end, style, opening, closing in sorted(marks, key=lambda mark: mark[0]):
        yield item.passage[at:start], {}
        yield f"{opening}{item.passage[start:end]}{closing}", style
        at = end
    yield item.passage[at:], {}


def _ask(item: Item) -> str:
    """Return a key that means something for ``item``; the end of the input quits."""
    valid = {"n", "x", "s", "q", *map(str, range(1, len(item.candidates) + 1))}
    valid |= {"a"} if item.speaker else set()
    click.echo(f"  {KEYS}: ", nl=False)
    while True:
        key = _key().lower()
        if key in valid:
            click.echo(key)
            return key


def _key() -> str:
    """Return one key of the terminal, or one character of a pipe; "q" at its end."""
    if not sys.stdin.isatty():
        return sys.stdin.read(1) or "q"
    try:
        return click.getchar()
    except EOFError:
        return "q"


def _store(judge: Judge, item: Item, key: str) -> None:
    if key == "x":
        judge.kind(item.quotation_id, "none", "review")
        return
    chosen = {"a": item.speaker, "n": None}
    slug = chosen[key] if key in chosen else item.candidates[int(key) - 1].slug
    judge.attribution(item.quotation_id, slug, "review")
