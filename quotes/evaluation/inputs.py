"""From the paths of a command line to labels, and to the articles that they speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotes.errors import UsageError
from quotes.evaluation.brat import LabelledArticle, read_brat
from quotes.evaluation.rows import Row, document, read_rows

SPEAKERS, SEGMENTS, NEGATIVES, SKIP = (
    f"{name}.jsonl" for name in ("speakers", "segments", "negatives", "skip")
)
"""The files of labels that are looked for where a folder is given."""

_TEXTS = (".txt", ".md", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class SpeakerGold:
    """Labels of one sort: ``rows`` of resolved speakers, or ``articles`` with labelled sources."""

    rows: list[Row] = field(default_factory=list)
    articles: list[LabelledArticle] = field(default_factory=list)

    @property
    def documents(self) -> set[str]:
        """The names of the labelled articles."""
        return {document(row["doc"]) for row in self.rows} | {
            document(article.path.name) for article in self.articles
        }


@dataclass(frozen=True, slots=True)
class MergingGold:
    """Labelled segments, look-alike pairs that must stay apart, and doubtful sets."""

    segments: list[Row] = field(default_factory=list)
    negatives: list[Row] = field(default_factory=list)
    skip: list[Row] = field(default_factory=list)


def speaker_gold(paths: Sequence[Path]) -> SpeakerGold:
    """Read files of JSON lines, folders that hold ``speakers.jsonl``, or folders of brat files.

    Raises UsageError, naming file and line, for labels that cannot be read, or if both sorts of
    labels are given.
    """
    gold = SpeakerGold()
    for path in paths:
        if path.suffix == ".ann":
            raise UsageError(f"{path}: is one file of brat's: name the folder that it is in")
        if path.is_dir() and not (path / SPEAKERS).exists():
            gold.articles.extend(read_brat(path))
        else:
            gold.rows.extend(read_rows(_within(path, SPEAKERS), "gold"))
    if gold.rows and gold.articles:
        raise UsageError("brat folders and JSON lines are measured differently: give one sort")
    return gold


def merging_gold(
    paths: Sequence[Path], negatives: Sequence[Path], skip: Sequence[Path]
) -> MergingGold:
    """Read files of labelled segments, or folders that hold ``segments.jsonl``.

    A folder's ``negatives.jsonl`` and ``skip.jsonl`` are read, too, where they are there. Scopes of
    the same name in two inputs stay apart. Raises UsageError as ``speaker_gold`` does.
    """
    gold = MergingGold()
    for number, path in enumerate(paths):
        rows = read_rows(_within(path, SEGMENTS), "segment")
        gold.segments.extend({**row, "scope": (number, row["scope"])} for row in rows)
    for path in [*negatives, *_beside(paths, NEGATIVES)]:
        gold.negatives.extend(read_rows(path, "negative"))
    for path in [*skip, *_beside(paths, SKIP)]:
        gold.skip.extend(read_rows(path, "skip"))
    return gold


def find_articles(documents: Collection[str], folders: Sequence[Path]) -> list[Path]:
    """Return the files in ``folders``, and below them, of these documents; sorted, each once."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = document(path.name)
            if path.suffix.lower() in _TEXTS and name in documents:
                found.setdefault(name, path)
    return sorted(found.values())


def text_folders(gold: Sequence[Path]) -> list[Path]:
    """Return where the articles of labels are unless somebody says otherwise: beside, in `text`."""
    homes = [path if path.is_dir() else path.parent for path in gold]
    return [home / "text" for home in homes]


def _within(path: Path, name: str) -> Path:
    return path / name if path.is_dir() else path


def _beside(paths: Sequence[Path], name: str) -> Iterator[Path]:
    yield from (path / name for path in paths if (path / name).is_file())
