"""``quotes evaluate``: figures against labelled articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.options import (
    common_options,
    coref_option,
    database_option,
    fast_option,
    format_option,
    jobs_option,
    model_option,
    state,
)
from quotes.cli.output import plural, print_table, print_text
from quotes.errors import ArticleError, UsageError
from quotes.evaluation.figures import (
    Figures,
    mention_figures,
    merging_errors,
    merging_figures,
    speaker_errors,
    speaker_figures,
    table_rows,
)
from quotes.evaluation.inputs import (
    SpeakerGold,
    find_articles,
    merging_gold,
    speaker_gold,
    text_folders,
)
from quotes.evaluation.mentions import score_mentions
from quotes.evaluation.merging import score_merging
from quotes.evaluation.rows import Row, document, read_rows
from quotes.evaluation.speakers import score_speakers

if TYPE_CHECKING:
    from quotes.records import Article

FILE = click.Path(path_type=Path)

gold_argument = click.argument("gold", metavar="GOLD...", nargs=-1, required=True, type=FILE)
errors_option = click.option(
    "--errors",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Also the worst N mistakes (of each sort), in their passages.",
)


@click.group(name="evaluate")
def command() -> None:
    """Measure against labelled articles.

    Labels are JSON lines, one object a labelled quotation: doc (file name of the article without
    extension), start and end (offsets of the quotation, marks included) and the fields named at
    each command.
    """


@command.command()
@gold_argument
@click.option(
    "--predictions", type=FILE, help="What `quotes extract --format jsonl` printed of the articles."
)
@click.option(
    "--text",
    "folders",
    type=FILE,
    multiple=True,
    metavar="DIR",
    help="Folder with the articles. [default: `text` beside the labels]",
)
@format_option("table", "json")
@errors_option
@model_option
@coref_option
@fast_option
@jobs_option
@common_options
def speakers(
    gold: tuple[Path, ...],
    predictions: Path | None,
    folders: tuple[Path, ...],
    form: str,
    errors: int,
) -> None:
    """Who said what: quotations found, right speakers, and whether the confidence can be trusted.

    GOLD is a file of JSON lines, or a folder with `speakers.jsonl`, whose rows also have kind
    (quote or nonquote), speaker and stype (person, org, group ...). Or it is a folder with texts
    and labels in brat's format, as PolNeAR has them (.txt and .ann): then the words count that name
    the source, not the person behind them. The articles are extracted now, unless --predictions
    tells what was found in them.

    \b
      quotes evaluate speakers labels/speakers.jsonl --text articles/ --errors 20
      quotes evaluate speakers polnear/dev --format json
    """
    labels = speaker_gold(gold)
    articles = _Articles(labels, folders or text_folders(gold))
    rows = read_rows(predictions, "prediction") if predictions else articles.extract()
    if labels.articles:
        mentions = score_mentions(labels.articles, rows)
        figures, mistakes = mention_figures(mentions), mentions.mistakes
    else:
        named = score_speakers(labels.rows, rows)
        figures, mistakes = speaker_figures(named), named.mistakes
    listed = speaker_errors(mistakes[:errors], articles.bodies() if errors else {})
    _print_result(figures, listed, form, _print_speaker_error)


@command.command()
@gold_argument
@click.option(
    "--renderings",
    type=FILE,
    help="What `quotes export renderings --format jsonl` wrote. [default: the database]",
)
@click.option(
    "--gold-speakers",
    is_flag=True,
    help="Merge the labelled segments themselves, by their labelled speakers.",
)
@click.option(
    "--negatives",
    type=FILE,
    multiple=True,
    help="Look-alike pairs that must stay apart: a, b.",
)
@click.option(
    "--skip",
    type=FILE,
    multiple=True,
    help="Doubtful sets, which count neither way: members.",
)
@format_option("table", "json")
@errors_option
@database_option
@common_options
def merging(
    gold: tuple[Path, ...],
    renderings: Path | None,
    gold_speakers: bool,
    negatives: tuple[Path, ...],
    skip: tuple[Path, ...],
    form: str,
    errors: int,
) -> None:
    """Which renderings became one quote: precision and recall over pairs.

    GOLD is a file of JSON lines whose rows also have text, scope (an event) and groups (the
    utterances that it renders), or a folder with `segments.jsonl` and, where there are any,
    `negatives.jsonl` and `skip.jsonl`. With --gold-speakers merging is measured alone: rows have
    speaker, too, and the database knows when the articles were printed.
    """
    if renderings and gold_speakers:
        raise UsageError("give either --renderings FILE or --gold-speakers")
    labels = merging_gold(gold, negatives, skip)
    merged = _merged_labels(labels.segments) if gold_speakers else _stored_renderings()
    found = read_rows(renderings, "rendering") if renderings else merged
    scores = score_merging(labels.segments, found, labels.negatives, labels.skip)
    figures = merging_figures(scores)
    listed = merging_errors("wrongly merged", scores.wrong[:errors])
    listed += merging_errors("missed", scores.missed[:errors])
    _print_result(figures, listed, form, _print_merging_error)


class _Articles:
    """The labelled articles, read when they are needed."""

    def __init__(self, gold: SpeakerGold, folders: Sequence[Path]) -> None:
        self._documents = gold.documents
        self._paths = [article.path for article in gold.articles]
        if not self._paths:
            self._paths = find_articles(self._documents, folders)

    def extract(self) -> Iterator[Row]:
        """Yield the quotations of the articles; UsageError where one is not to be found."""
        from quotes.cli.extracting import make_extractor
        from quotes.seeds import load_speakers

        missing = self._documents - {document(path.name) for path in self._paths}
        if missing:
            raise UsageError(
                f"{plural(len(missing), 'labelled article')} not there, such as '{min(missing)}': "
                "name their folder with --text, or what was found in them with --predictions"
            )
        for _, found in make_extractor(load_speakers()).extract_all(self._read()):
            if isinstance(found, ArticleError):
                raise found
            yield from (one.to_dict() for one in found.listed(everything=True))

    def bodies(self) -> dict[str, str]:
        """Return the texts of the articles by document."""
        return {document(article.source): article.body for article in self._read()}

    def _read(self) -> Iterable[Article]:
        from quotes.articles import read_articles

        return read_articles([*map(str, self._paths)], on_error=_fail)


def _fail(error: ArticleError) -> None:
    raise error


def _stored_renderings() -> Iterator[Row]:
    from quotes.database.session import open_reader
    from quotes.export.rows import COLUMNS, export_rows

    with open_reader(state().database) as connection:
        for row in export_rows(connection, "renderings"):
            yield dict(zip(COLUMNS["renderings"], row, strict=True))


def _merged_labels(labels: Sequence[Row]) -> Iterator[Row]:
    from sqlalchemy.orm import Session

    from quotes.database.quotes.options import meaning
    from quotes.database.session import open_connection
    from quotes.evaluation.gold import ArticleFacts, gold_renderings
    from quotes.search.articles import stored_articles

    with open_connection(state().database) as connection:
        compared = meaning(Session(connection))
        facts = {
            document(row.source): ArticleFacts(row.published, row.outlet)
            for row in stored_articles(connection)
        }
    yield from gold_renderings(labels, facts, compared)


def _print_result(
    figures: Figures,
    errors: Sequence[Figures],
    form: str,
    print_error: Callable[[int, Mapping[str, Any]], None],
) -> None:
    if form == "json":
        click.echo(json.dumps(figures | {"errors": errors}, ensure_ascii=False, indent=2))
        return
    print_table(("figure", "value", "of"), table_rows(figures))
    for number, one in enumerate(errors, start=1):
        print_error(number, one)


def _print_speaker_error(number: int, error: Mapping[str, Any]) -> None:
    confidence = error["confidence"]
    how = "not found" if confidence is None else f"{error['rule']}, confidence {confidence:.2f}"
    click.echo()
    print_text(
        (f"{number}. {error['article']}:{error['start']} ", {}),
        (error["predicted"] or "nobody", {"bold": True}),
        (f" instead of {error['gold']} ({how})", {}),
    )
    for margin, text in (("|", error["before"]), (">", error["text"]), ("|", error["after"])):
        if text.strip():
            print_text((text, {}), indent=f"   {margin} ")


def _print_merging_error(number: int, error: Mapping[str, Any]) -> None:
    shared = "no telling word" if error["shared"] is None else f"{error['shared']:.0%} of the words"
    click.echo()
    print_text((f"{number}. {error['sort']} ({shared} shared)", {}))
    for place in error["pair"]:
        where = f"{place['article']}:{place['start']} "
        print_text((where, {}), (place["text"], {}), indent="   | ")
