"""``quotes evaluate``: figures against labelled articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import common_options, database_option, model_option, state
from quotes.cli.output import print_table, printable
from quotes.errors import ArticleError, UsageError
from quotes.evaluation.merging import MergingScores, score_merging
from quotes.evaluation.rows import Row, Share, document, read_rows
from quotes.evaluation.speakers import SpeakerScores, score_speakers

Figures = Mapping[str, Any]

FILE = click.Path(path_type=Path)

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
errors_option = click.option(
    "--errors",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Also print the first N mistakes (of each sort) to standard error.",
)


@click.group(name="evaluate")
def command() -> None:
    """Measure against labelled articles.

    Labels are JSON lines, one object a labelled quotation: doc (file name without extension), start
    and end (offsets of the quotation, marks included) and the fields named at each command.
    """


@command.command()
@click.argument("gold", type=FILE)
@click.option(
    "--predictions", type=FILE, help="What `quotes extract --format jsonl` printed of the articles."
)
@click.option("--text", type=FILE, metavar="DIR", help="Folder of the articles, to extract now.")
@json_option
@errors_option
@model_option
@common_options
def speakers(
    gold: Path, predictions: Path | None, text: Path | None, as_json: bool, errors: int
) -> None:
    """Who said what: precision, recall and right speakers.

    Rows of GOLD also have kind (quote or nonquote), speaker and stype (person, org, group ...).
    Give --predictions or --text.
    """
    if (predictions is None) == (text is None):
        raise UsageError("give either --predictions FILE or --text DIR")
    labels = read_rows(gold)
    found = read_rows(predictions) if predictions else _extract(text, labels)
    scores = score_speakers(labels, found)
    _print(_speaker_figures(scores), as_json)
    for mistake in scores.mistakes[:errors]:
        _complain(
            f"wrong: {mistake.document}:{mistake.start}: {mistake.found or 'nobody'} instead of "
            f"{mistake.expected}: {mistake.text[:70]}"
        )


@command.command()
@click.argument("segments", type=FILE)
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
@click.option("--negatives", type=FILE, help="Look-alike pairs that must stay apart: a, b.")
@click.option("--skip", type=FILE, help="Doubtful sets, which count neither way: members.")
@json_option
@errors_option
@database_option
@common_options
def merging(
    segments: Path,
    renderings: Path | None,
    gold_speakers: bool,
    negatives: Path | None,
    skip: Path | None,
    as_json: bool,
    errors: int,
) -> None:
    """Which printings became one quote: precision and recall over pairs.

    Rows of SEGMENTS also have text, scope (an event) and groups (the utterances that it renders).
    With --gold-speakers merging is measured alone: rows have speaker, too, and the database knows
    when the articles were printed.
    """
    if renderings and gold_speakers:
        raise UsageError("give either --renderings FILE or --gold-speakers")
    labels = read_rows(segments)
    merged = _merged_labels(labels) if gold_speakers else _stored_renderings()
    scores = score_merging(
        labels,
        read_rows(renderings) if renderings else merged,
        read_rows(negatives) if negatives else (),
        read_rows(skip) if skip else (),
    )
    _print(_merging_figures(scores), as_json)
    for label, pairs in (("missed", scores.missed), ("wrongly merged", scores.wrong)):
        for (left, at), (right, other) in pairs[:errors]:
            _complain(f"{label}: {left}:{at} and {right}:{other}")


def _extract(folder: Path | None, labels: Sequence[Row]) -> Iterator[Row]:
    """Yield the quotations of the labelled articles in ``folder``."""
    from quotes.articles import read_articles
    from quotes.cli.batch import make_extractor
    from quotes.cli.extract import FIELDS, extracted_row
    from quotes.seeds import load_speakers

    wanted = {row["doc"] for row in labels if "doc" in row}
    extractor = make_extractor(load_speakers())
    for article in read_articles([str(folder)], on_error=_fail):
        if document(article.source) in wanted:
            for item in extractor.extract(article).quotations:
                if item.quotation.kind != "none":
                    yield dict(zip(FIELDS, extracted_row(article, item), strict=True))


def _fail(error: ArticleError) -> None:
    raise error


def _stored_renderings() -> Iterator[Row]:
    from quotes.database.session import open_reader
    from quotes.export import COLUMNS, export_rows

    with open_reader(state().database) as connection:
        for row in export_rows(connection, "renderings"):
            yield dict(zip(COLUMNS["renderings"], row, strict=True))


def _merged_labels(labels: Sequence[Row]) -> Iterator[Row]:
    from quotes.database.session import open_reader
    from quotes.evaluation.gold import ArticleFacts, gold_renderings
    from quotes.search.articles import stored_articles

    with open_reader(state().database) as connection:
        facts = {
            document(row.source): ArticleFacts(row.published, row.outlet)
            for row in stored_articles(connection)
        }
    yield from gold_renderings(labels, facts)


def _speaker_figures(scores: SpeakerScores) -> Figures:
    return {
        "documents": scores.documents,
        "quotes": scores.recall.total,
        "precision": scores.precision,
        "recall": scores.recall,
        "f1": scores.f1,
        "speaker_strict": scores.strict,
        "speaker_lenient": scores.lenient,
        **{f"strict_{name}": share for name, share in scores.by_type.items()},
        **{f"rule_{name}": share for name, share in scores.by_rule.items()},
        **{f"accuracy_at_{coverage}": share for coverage, share in scores.curve.items()},
        **{f"confidence_{step.confidence:.2f}": step.accuracy for step in scores.calibration},
        "calibration_error": scores.calibration_error,
        "outside": scores.outside,
    }


def _merging_figures(scores: MergingScores) -> Figures:
    return {
        "segments": scores.found.total,
        "found": scores.found,
        "precision": scores.precision,
        "recall": scores.recall,
        "f1": scores.f1,
        "recall_easy": scores.easy,
        "recall_hard": scores.hard,
        "false_merges": scores.false_merges,
    }


def _print(figures: Figures, as_json: bool) -> None:
    if as_json:
        plain = {name: _rounded(value) for name, value in figures.items()}
        click.echo(json.dumps(plain))
    else:
        print_table(("figure", "value", "of"), _table(figures))


def _rounded(value: Any) -> Any:
    value = value.value if isinstance(value, Share) else value
    return round(value, 4) if isinstance(value, float) else value


def _table(figures: Figures) -> Iterable[tuple[object, ...]]:
    for name, value in figures.items():
        of = str(value) if isinstance(value, Share) else ""
        shown = _rounded(value)
        yield name.replace("_", " "), f"{shown:.4f}" if isinstance(shown, float) else shown, of


def _complain(text: str) -> None:
    click.echo(printable(text), err=True)
