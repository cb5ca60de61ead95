"""``quotes review``: the least sure answers, one key each."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.judge import by_option, judging
from quotes.cli.options import common_options, database_option, state
from quotes.cli.output import note, plural, print_text, printable
from quotes.database.session import open_session
from quotes.errors import UsageError

if TYPE_CHECKING:
    from quotes.api.judging import Judge
    from quotes.database.judgements.review import Item, Role

_MARKS: Mapping[Role, tuple[Mapping[str, Any], str, str]] = {
    "quotation": ({"bold": True, "fg": "yellow"}, "»", "«"),
    "mention": ({"underline": True, "fg": "cyan"}, "[", "]"),
    "rival": ({"underline": True}, "(", ")"),
}
_PARAGRAPH = re.compile(r"(\n\s*\n)")


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

    Shows the passage with the »quotation«, the [source] and (other mentions) marked, and waits for
    one key: a accepts the answer, a number chooses another speaker, o asks for any name, n says
    that nobody is named, x that it is not speech, s skips, u undoes the last answer, ? explains the
    keys, q quits; no other key does anything.
    Every answer is stored at once as a judgement; the next call goes on where this one ended.
    """
    judge = judging(by)
    stored: list[int] = []
    skipped: list[int] = []
    while item := _next(skipped, below):
        _show(item)
        key = _answer(judge, item, stored)
        if key == "q":
            break
        if key == "s":
            skipped.append(item.quotation_id)
    else:
        note("nothing is left to review")
    note(f"{plural(len(stored), 'judgement')} stored, {len(skipped)} skipped")


def _next(skipped: list[int], below: float) -> Item | None:
    from quotes.database.engine.transaction import reading
    from quotes.database.judgements.review import next_item

    with open_session(state().database) as session, reading(session):
        return next_item(session, skipped, below)


def _show(item: Item) -> None:
    click.echo()
    place = ", ".join(str(fact) for fact in (item.outlet, item.published, item.source) if fact)
    click.echo(
        f"n{item.quotation_id} ({printable(place)}), confidence {item.confidence:.2f}, "
        f"{item.rule}; {item.left:,} left"
    )
    for paragraph in _paragraphs(item):
        print_text(*paragraph, indent="  | ")
    if item.speaker is None:
        click.echo(f"  nobody was found: {item.reason or 'the source has no name'}")
    for number, candidate in enumerate(item.candidates, start=1):
        click.echo(f"  {number} {printable(candidate.name)} ({candidate.why})")


def _paragraphs(item: Item) -> Iterator[list[tuple[str, Mapping[str, Any]]]]:
    paragraph: list[tuple[str, Mapping[str, Any]]] = []
    for text, style in _passage(item):
        for part in _PARAGRAPH.split(text):
            if _PARAGRAPH.fullmatch(part) and paragraph:
                yield paragraph
                paragraph = []
            elif part:
                paragraph.append((part, style))
    if paragraph:
        yield paragraph


def _passage(item: Item) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the passage in pieces, the quotation and the mentions marked also without colours."""
    for text, role in item.pieces():
        if role is None:
            yield text, {}
        else:
            style, opening, closing = _MARKS[role]
            yield f"{opening}{text}{closing}", style


def _answer(judge: Judge, item: Item, stored: list[int]) -> str:
    """Wait for a key that settles ``item``, do what it says, and return it."""
    from quotes.database.judgements.review import KEYS

    valid = {"o", "n", "x", "s", "?", "q", *map(str, range(1, len(item.candidates) + 1))}
    valid |= {"a"} if item.speaker else set()
    valid |= {"u"} if stored else set()
    shown = {"1-9": f"1-{len(item.candidates)}" if len(item.candidates) > 1 else "1"}
    listed = ", ".join(
        f"{shown.get(key, key)} {meaning}"
        for key, (meaning, _) in KEYS.items()
        if key in valid or (key == "1-9" and item.candidates)
    )
    while True:
        click.echo(f"  {listed}: ", nl=False)
        while (key := _key().lower()) not in valid:
            pass
        click.echo(key)
        if key == "?":
            for name, (_, meaning) in KEYS.items():
                click.echo(f"    {name:<4} {meaning}")
            continue
        if key == "u":
            judge.undo(stored.pop(), why="review")
        elif key not in "sq":
            try:
                stored.append(_store(judge, item, key))
            except UsageError as error:
                click.echo(f"  {error}", err=True)
                continue
        return key


def _key() -> str:
    """Return one key of the terminal, or one character of a pipe; "q" at its end."""
    if not sys.stdin.isatty():
        return sys.stdin.read(1) or "q"
    try:
        return click.getchar()
    except EOFError:
        return "q"


def _store(judge: Judge, item: Item, key: str) -> int:
    """Store what a key says as a judgement and return its number."""
    if key == "x":
        return judge.kind(item.quotation_id, "none", why="review")
    if key == "o":
        name = click.prompt("  name") if sys.stdin.isatty() else sys.stdin.readline().strip()
        return judge.attribution(item.quotation_id, name, why="review")
    chosen = {"a": item.speaker, "n": None}
    slug = chosen[key] if key in chosen else item.candidates[int(key) - 1].slug
    return judge.attribution(item.quotation_id, slug, why="review")
