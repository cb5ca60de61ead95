"""``quotes review``: what is doubtful, one key an answer."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

import click

from quotes.cli.asking import ask_speaker
from quotes.cli.judge import by_option
from quotes.cli.options import common_options, database_option, state
from quotes.cli.output import note, plural, print_table, print_text, printable
from quotes.errors import UsageError
from quotes.search.review.items import QueueName, many

if TYPE_CHECKING:
    from quotes.api.reviewing import Review
    from quotes.search.review.items import Item, Passage

_FRAME = {
    "c": "comment on your next answer (it goes into the log)",
    "s": "skip it, without a judgement",
    "u": "undo your last answer, and go on",
    "?": "show this",
    "q": "quit; what you answered is stored",
}
"""The keys that mean the same in every queue."""

_STYLES: Mapping[str, tuple[Mapping[str, Any], str, str]] = {
    "quotation": ({"bold": True, "fg": "yellow"}, "»", "«"),
    "mention": ({"underline": True, "fg": "cyan"}, "[", "]"),
    "rival": ({"underline": True}, "(", ")"),
}
_PARAGRAPH = re.compile(r"(\n\s*\n)")


@dataclass
class _Session:
    """What one run of the command did so far."""

    stored: list[int] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    comment: str | None = None


@click.command(name="review")
@click.argument("queue", type=click.Choice(get_args(QueueName)), default="speakers")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.8,
    show_default=True,
    metavar="0..1",
    help="Speakers: only answers with less confidence than this.",
)
@click.option(
    "--second", is_flag=True, help="Go through what others judged, without seeing their answers."
)
@click.option(
    "--agreement", is_flag=True, help="Print how far people agree who judged the same things."
)
@by_option
@database_option
@common_options
def command(queue: QueueName, below: float, second: bool, agreement: bool, by: str | None) -> None:
    """Confirm or correct what the program is least sure of.

    QUEUE is what to go through: speakers (unsure ones, the default), disputed (articles name two),
    merges (one statement or two?), meanings (changed or not?), or names (one person or two?).

    Shows the passages with the »quotation«, the [source] and (other mentions) marked, and waits for
    one key; ? explains the keys, and a key that means nothing does nothing. Every answer is stored
    at once as a judgement; the next call goes on where this one ended. Where a second reader
    answers otherwise than the first, the later answer counts, and both stay in the log.
    """
    from quotes.api.reviewing import Review

    find = partial(ask_speaker, tell=True)
    review = Review(state().database, by, below=below, second=second, find=find)
    if agreement:
        _print_agreement(review)
        return
    done = _Session()
    while item := review.next(queue, done.skipped):
        _show(item)
        if not _settle(review, item, done):
            break
    else:
        note("nothing is left to review here")
    note(f"{plural(len(done.stored), 'judgement')} stored, {len(done.skipped)} skipped")
    others = [
        f"{many(count)} in `quotes review {name}`"
        for name, count in review.waiting().items()
        if count and name != queue
    ]
    if others:
        note(f"also waiting: {', '.join(others)}")


def _print_agreement(review: Review) -> None:
    found = review.agreement()
    if found:
        print_table(
            ("queue", "readers", "items", "agreed", "share", "kappa", "differ on"),
            [
                (one.queue, " and ".join(one.readers), one.items, one.agreed,
                 one.agreed / one.items, one.kappa, ", ".join(one.apart))
                for one in found
            ],
        )  # fmt: skip
    else:
        note("no two people judged the same things: `quotes review --second --by NAME` does")


def _show(item: Item) -> None:
    click.echo()
    click.echo(f"{item.question} {' and '.join(item.about)}; {item.waiting}")
    for passage in item.passages:
        print_text(
            (f"{passage.id} ({printable(passage.place)})", {"dim": True}), indent="  ", whole=True
        )
        for paragraph in _paragraphs(passage):
            print_text(*paragraph, indent="  | ")
    if item.diff:
        from quotes.cli.show import difference

        print_text(*difference(item.diff), first="  = ")
    for fact in item.facts:
        print_text((printable(fact), {}), first="  - ")
    for answer in item.answers:
        print_text((printable(answer.label), {}), first=f"  {answer.key} ")


def _paragraphs(passage: Passage) -> Iterator[list[tuple[str, Mapping[str, Any]]]]:
    paragraph: list[tuple[str, Mapping[str, Any]]] = []
    for text, style in _pieces(passage):
        for part in _PARAGRAPH.split(text):
            if _PARAGRAPH.fullmatch(part) and paragraph:
                yield paragraph
                paragraph = []
            elif part:
                paragraph.append((part, style))
    if paragraph:
        yield paragraph


def _pieces(passage: Passage) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the passage in pieces, the quotation and the mentions marked also without colours."""
    at = 0
    for mark in sorted(passage.marks, key=lambda mark: (mark.start, mark.end)):
        if mark.start >= at:  # a mention may stand inside the quotation, or two overlap
            style, opening, closing = _STYLES[mark.role]
            yield passage.text[at : mark.start], {}
            yield f"{opening}{passage.text[mark.start : mark.end]}{closing}", style
            at = mark.end
    yield passage.text[at:], {}


def _settle(review: Review, item: Item, done: _Session) -> bool:
    """Wait for the key that settles ``item`` and do what it says; return False to quit."""
    valid = {"c", "s", "?", "q", *(one.key for one in item.answers)}
    valid |= {"u"} if done.stored else set()
    while True:
        click.echo(f"  {_listed(valid)}: ", nl=False)
        key = _key(valid)
        click.echo(key)
        if key == "?":
            for answer in item.answers:
                print_text((printable(answer.label), {}), first=f"    {answer.key}  ")
            for name, meaning in _FRAME.items():
                click.echo(f"    {name}  {meaning}")
        elif key == "c":
            done.comment = _line("comment")
        elif key == "s":
            done.skipped.append(item.key)
            return True
        elif key == "u":
            review.undo(done.stored.pop())
            return True
        elif key == "q":
            return False
        elif _store(review, item, key, done):
            return True


def _listed(valid: set[str]) -> str:
    """Return the keys that do something, digits as a range, ``?`` and ``q`` last."""
    digits = sorted(key for key in valid if key.isdigit())
    letters = sorted(key for key in valid if key.isalpha() and key != "q")
    numbers = [f"{digits[0]}-{digits[-1]}" if len(digits) > 1 else digits[0]] if digits else []
    return " ".join(("key:", *numbers, *letters, "q", "or ?"))


def _store(review: Review, item: Item, key: str, done: _Session) -> bool:
    """Store an answer; return False where it cannot be, which is said."""
    answer = item.answer(key)
    name = _line("name") if answer and answer.asks_name else None
    try:
        done.stored.append(review.answer(item, key, name=name, comment=done.comment))
    except UsageError as error:
        click.echo(f"  {error}", err=True)
        return False
    done.comment = None
    return True


def _key(valid: set[str]) -> str:
    """Return the next key that means something: on a terminal one that is pressed from now on."""
    if sys.stdin.isatty():
        _forget_typed()
    while True:
        try:
            key = click.getchar() if sys.stdin.isatty() else sys.stdin.read(1) or "q"
        except EOFError:
            return "q"
        if key.lower() in valid:
            return key.lower()


def _forget_typed() -> None:
    """Throw away what was typed before the question was there: it answers something else."""
    try:
        import termios
    except ImportError:  # not on Windows
        return
    termios.tcflush(sys.stdin, termios.TCIFLUSH)


def _line(what: str) -> str:
    """Return a line that the person types."""
    if sys.stdin.isatty():
        return str(click.prompt(f"  {what}"))
    return sys.stdin.readline().strip()
