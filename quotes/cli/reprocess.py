"""``quotes reprocess``: stored articles, today's program."""

from __future__ import annotations

import click

from quotes.cli.extracting import make_extractor, report_failed
from quotes.cli.interrupt import deferred_interrupt
from quotes.cli.judge import report_lost
from quotes.cli.options import common_options, database_option, fast_option, model_option, state
from quotes.cli.output import note, plural, print_table, printable
from quotes.database.extractions.changes import Change, Report, Sort
from quotes.database.repository import Repository
from quotes.database.session import open_session
from quotes.errors import INTERRUPTED
from quotes.pipeline import reprocess

MEANINGS: dict[Sort, str] = {
    "gained": "attributions gained",
    "lost": "attributions lost",
    "changed": "attributions changed",
    "new": "new quotations",
    "gone": "quotations gone",
    "moved": "quotations with other ends or kind",
}


@click.command(name="reprocess")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option(
    "--examples",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    metavar="N",
    help="How many examples of each change to print.",
)
@database_option
@model_option
@fast_option
@common_options
def command(dry_run: bool, examples: int) -> None:
    """Extract the stored articles again with this program and model.

    Shows what the machine answers otherwise than before, and stores it, each article in a
    transaction of its own. Judgements stay above the machine's answers; one whose place in the
    text cannot be found again is reported and kept.
    """
    total = Report()

    def add(report: Report) -> None:
        total.articles += report.articles
        total.changes += report.changes
        total.lost += report.lost
        total.failed += report.failed
        stop_if_asked()

    with open_session(state().database, patient=True) as session:
        extractor = make_extractor(Repository(session).known_speakers())
        with deferred_interrupt() as stop_if_asked:
            try:
                reprocess(session, extractor, add, dry_run=dry_run)
            except KeyboardInterrupt:
                click.echo(f"interrupted after {plural(total.articles, 'article')}", err=True)
                click.get_current_context().exit(INTERRUPTED)
        _print(total, examples)
        report_lost(session, total.lost)
    would = "would change" if dry_run else "changed"
    note(f"{plural(total.articles, 'article')}, {plural(len(total.changes), 'answer')} {would}")
    report_failed(total.failed)


def _print(total: Report, examples: int) -> None:
    print_table(
        ("change", "count"),
        [(meaning, total.counts[sort]) for sort, meaning in MEANINGS.items()],
    )
    for sort, meaning in MEANINGS.items():
        found = [change for change in total.changes if change.sort == sort][:examples]
        if found:
            click.echo(f"\n{meaning}:")
        for change in found:
            click.echo(f"  {printable(change.source)}: {printable(_short(change.text))}")
            click.echo(f"    {_step(change)}")


def _step(change: Change) -> str:
    judged = " (a judgement stands above it)" if change.judged else ""
    before, after = (_short(text or "nobody") for text in (change.before, change.after))
    return f"{printable(before)} → {printable(after)}{judged}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"
