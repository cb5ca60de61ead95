"""``quotes batch``: crawls and archives that are too large for one database, or one machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.cli.options import (
    article_options,
    common_options,
    coref_option,
    database_option,
    fast_option,
    jobs_option,
    model_option,
    state,
)
from quotes.cli.output import note, plural, print_table, printable
from quotes.cli.reading import reading_options, to_options

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from quotes.distributed.batches import Batch
    from quotes.distributed.report import Failed
    from quotes.distributed.running import EngineName

F = TypeVar("F", bound=Callable[..., Any])


@click.group(name="batch")
def command() -> None:
    """Extract and merge crawls and archives into Parquet, on one machine or on Apache Spark.

    \b
      quotes batch extract crawl/ --out news/     articles → quotations, by month
      quotes batch merge --out news/              quotations → quotes
      quotes batch load --out news/               into the database of --db

    Everything is kept in the folder of --out. A command that was stopped or killed is given again,
    and goes on from there; docs/distributed.md has clusters, costs and what is in the folder.
    """


def engine_options(command: F) -> F:
    """Add the options that say where a batch is, and who does it."""
    for option in (
        click.option(
            "--master",
            metavar="URL",
            help="With Spark: its master, such as local[4] or spark://host:7077 [default: that of "
            "spark-submit, else local[*,4]].",
        ),
        click.option(
            "--engine",
            type=click.Choice(("local", "spark")),
            default="local",
            show_default=True,
            help="Processes of this machine, or Apache Spark.",
        ),
        out_option,
    ):
        command = option(command)
    return command


out_option = click.option(
    "--out",
    required=True,
    metavar="DIR",
    help="The folder of the batch: a path, or an address such as s3://bucket/news.",
)


@command.command()
@click.argument("source")
@engine_options
@click.option(
    "--registry",
    metavar="URL",
    help="The database whose known speakers and outlets count [default: those that come with the "
    "program].",
)
@article_options
@reading_options
@model_option
@coref_option
@fast_option
@jobs_option
@common_options
def extract(
    source: str,
    out: str,
    engine: EngineName,
    master: str | None,
    registry: str | None,
    column: tuple[str, ...],
    only: tuple[str, ...],
    transcript: bool | None,
    **known: Any,
) -> None:
    """Find the quotations of many articles, and who said them.

    SOURCE is a folder or file of WARC, Parquet, JSON lines or whatever else `quotes ingest` reads,
    or an address such as s3://bucket/crawl. What fails is reported with its reason, and kept in
    the table `failures`.
    """
    from quotes.articles import Metadata
    from quotes.distributed import plan, report
    from quotes.distributed.extracting import Extraction, Reading, list_files
    from quotes.distributed.known import known_to

    speakers, outlets = known_to(registry)
    reading = Reading(outlets, Metadata(**known), to_options(column, only, 0.0, transcript))
    extraction = Extraction(speakers, state().model, state().coref, state().fast)
    files, size = list_files(source)
    with _opened(out, engine, master) as batch:
        plan.extract(batch, files, size, reading, extraction)
        done = report.extracted(batch.folder)
    _print(
        ("extracted", "count"),
        [
            ("articles", done.articles),
            ("articles failed", sum(one.count for one in done.failed)),
            ("quotations", done.quotations),
            ("renderings", done.renderings),
            ("words", done.words),
            ("seconds of a processor", round(done.seconds)),
            ("  words a second", round(done.pace)),
            ("  longest article's share of them", f"{done.longest:.1%}"),
            ("megabytes of the largest process", done.peak >> 20),
        ],
    )
    _report_failed(done.failed)


@command.command()
@engine_options
@click.option(
    "--judgements",
    metavar="URL",
    help="The database with what people decided about these articles.",
)
@click.option("--semantic", is_flag=True, help="Compare meanings, too: see `quotes normalise`.")
@jobs_option
@common_options
def merge(
    out: str, engine: EngineName, master: str | None, judgements: str | None, semantic: bool
) -> None:
    """Merge the renderings of an extracted batch into quotes.

    The result is that of `quotes normalise --rebuild` for the same articles.
    """
    from quotes.distributed import merging, report
    from quotes.distributed.known import judged_in

    judged = judged_in(judgements)
    with _opened(out, engine, master, parses=False) as batch:
        merging.merge(batch, judged, semantic=semantic)
        done = report.merged(batch.folder)
    loudest = [done.loudest] if done.loudest else []
    _print(
        ("merged", "count"),
        [
            ("quotes", done.quotes),
            ("variants", done.variants),
            ("renderings", done.renderings),
            *((f"  of {printable(name)}", f"{share:.1%}") for name, share in loudest),
            ("seconds of a processor", round(done.seconds)),
            ("megabytes of the largest process", done.peak >> 20),
        ],
    )


@command.command()
@out_option
@database_option
@common_options
def load(out: str) -> None:
    """Store an extracted and merged batch in the database.

    An empty database takes the merged quotes as they are. Into one with articles those of the
    batch are merged, under all that people decided; what is stored already is passed over.
    """
    from quotes.distributed.loading import load_batch

    done, quotes = load_batch(out, state().database, _progress("articles"))
    if not state().quiet:
        stored = f"{plural(done.stored, 'article')} stored, {done.unchanged:,} unchanged"
        click.echo(f"{stored}; the database has {plural(quotes, 'quote')}")
    for error in done.failed:
        click.echo(f"  {printable(str(error))}", err=True)
    if done.failed:
        click.get_current_context().exit(1)


def _opened(
    out: str, engine: EngineName, master: str | None, *, parses: bool = True
) -> AbstractContextManager[Batch]:
    from quotes.distributed.running import open_batch

    return open_batch(
        out,
        engine,
        tell=note,
        on_progress=_progress("parts"),
        jobs=state().jobs,
        master=master,
        parses=parses,
    )


def _progress(noun: str) -> Callable[[int, int], None]:
    """Return what tells on a terminal how much is done."""
    if state().quiet or not sys.stderr.isatty():
        return lambda _done, _all: None

    def tell(done: int, total: int) -> None:
        click.echo(f"\r  {done:,} of {total:,} {noun} ", err=True, nl=done == total)

    return tell


def _print(header: tuple[str, str], rows: list[tuple[str, object]]) -> None:
    if not state().quiet:
        print_table(header, rows)


def _report_failed(failed: tuple[Failed, ...]) -> None:
    """Print what failed and why; exit with status 1 then."""
    if not failed:
        return
    click.echo(f"{plural(sum(one.count for one in failed), 'input')} failed:", err=True)
    for one in failed:
        more = f" (and {one.count - 1:,} more)" if one.count > 1 else ""
        click.echo(f"  {printable(one.example)}: {printable(one.problem)}{more}", err=True)
    click.get_current_context().exit(1)
