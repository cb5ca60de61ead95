"""What became of a batch: counts, speed, what failed and why, what is uneven."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import compute, parquet

from quotes.distributed.files import Folder
from quotes.distributed.stages import Stages


@dataclass(frozen=True, slots=True)
class Failed:
    """Inputs that failed for one reason, with one of them."""

    problem: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Report:
    """How a batch went. ``seconds`` is processor time, ``peak`` bytes of memory of one process.

    ``longest`` is the share of the time that one article took, ``loudest`` the share of quotations
    that one speaker has, whose name stands beside it.
    """

    articles: int
    quotations: int
    renderings: int
    words: int
    seconds: float
    peak: int
    longest: float
    failed: tuple[Failed, ...]

    @property
    def pace(self) -> float:
        """Words a second of processor time."""
        return self.words / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging came to; ``loudest`` is who has most quotations, and their share."""

    quotes: int
    variants: int
    renderings: int
    seconds: float
    peak: int
    loudest: tuple[str, float] | None


def extracted(folder: Folder) -> Report:
    """Return the report of an extracted batch."""
    stages = Stages(folder)
    found = stages.manifest("tables") or {}
    names = [f"extracted/{at:05}" for at in range((stages.manifest("texts") or {})["slices"])]
    done = [stages.manifest(name) or {} for name in ("texts", *names, "tables")]
    words, longest, spent = 0, 0.0, 0.0
    for part in read(folder, "articles", ["words", "seconds"]):
        words += compute.sum(part["words"]).as_py() or 0
        spent += compute.sum(part["seconds"]).as_py() or 0.0
        longest = max(longest, compute.max(part["seconds"]).as_py() or 0.0)
    return Report(
        articles=found["articles"],
        quotations=found["quotations"],
        renderings=found["renderings"],
        words=words,
        seconds=sum(one["seconds"] for one in done),
        peak=max(one["peak"] for one in done),
        longest=longest / spent if spent else 0.0,
        failed=tuple(_failed(folder)),
    )


def merged(folder: Folder) -> Merged:
    """Return the report of a merged batch."""
    stages = Stages(folder)
    done = [stages.manifest(name) or {} for name in ("speakers", "answers", "clusters", "quotes")]
    found = done[-1]
    most, total = ("", 0), 0
    for part in read(folder, "speakers", ["name", "count"]):
        total += compute.sum(part["count"]).as_py() or 0
        for name, count in zip(part["name"].to_pylist(), part["count"].to_pylist(), strict=True):
            most = max(most, (name, count), key=lambda one: one[1])
    return Merged(
        quotes=found["quotes"],
        variants=found["variants"],
        renderings=found["members"],
        seconds=sum(one["seconds"] for one in done),
        peak=max(one["peak"] for one in done),
        loudest=(most[0], most[1] / total) if total else None,
    )


def read(folder: Folder, name: str, columns: Sequence[str]) -> Iterator[pa.Table]:
    """Yield some columns of a table of a batch, one file at a time."""
    for file, _ in folder.files(name):
        with folder.opened(file) as stream:
            yield parquet.ParquetFile(stream).read(columns=[*columns])


def _failed(folder: Folder) -> Iterator[Failed]:
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for part in read(folder, "failures", ["source", "problem"]):
        for source, problem in zip(*(column.to_pylist() for column in part.columns), strict=True):
            counts[problem] += 1
            examples[problem] = min(source, examples.get(problem, source))
    for problem, count in counts.most_common():
        yield Failed(problem, count, examples[problem])
