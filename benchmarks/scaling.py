"""What ``--jobs N`` brings: one process against several, the part of ``extract.py`` about that.

The clock starts when all processes are at work. Where other programs want the processors, too, wall
time tells little; Linux counts for every process how long it ran and how long it waited for a
processor, from which follows the gain on a machine with a processor for each process.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from quotes.pipeline import Extractor
from quotes.records import Article
from quotes.seeds import load_speakers

WARM_UP = 20
"""Articles that each process handles before the clock starts, so that everything is loaded."""

ENOUGH = 200
"""Articles for each process, unless told: what each meets for the first time counts for little."""

AHEAD = 4
"""Articles that each process has in hand in advance: left out at both ends of a measurement."""

COUNTS = Path("/proc/self/schedstat").exists()
"""Whether the system counts what processes ran and waited."""


@dataclass(frozen=True)
class Speed:
    """``words`` a second of wall time; the seconds until the first article was done (``ready``).

    ``ran`` and ``waited`` are seconds of all processes at work, over the seconds of wall time.
    """

    words: float
    ready: float
    ran: float
    waited: float

    @property
    def alone(self) -> float:
        """Words a second if there was a processor for each process at any time."""
        return self.words * (self.ran + self.waited) / self.ran


def words_of(articles: Sequence[Article]) -> int:
    """Return how many words articles have."""
    return sum(len(article.body.split()) for article in articles)


def spread(ratios: Sequence[float]) -> str:
    """Return the median of several measurements, with the lowest and the highest."""
    return (
        f"{median(ratios):.2f} times as fast "
        f"(median of {len(ratios)}, from {min(ratios):.2f} to {max(ratios):.2f})"
    )


def scale(articles: Sequence[Article], model: str, jobs: int, rounds: int, enough: int) -> None:
    """Print how much faster several processes are than one, measured in turns.

    Each process gets ``enough`` articles at least.
    """
    times = math.ceil(enough * jobs / len(articles))
    walls, alone = [], []
    for _ in range(rounds):
        one, many = (steady(articles * times, model, count) for count in (1, jobs))
        print(
            f"  one process {one.words:8.0f} words/s, first result after {one.ready:.1f} s; "
            f"{jobs} processes {many.words:8.0f}, after {many.ready:.1f} s"
        )
        walls.append(many.words / one.words)
        alone.append(many.alone / one.alone)
    print(f"--jobs {jobs} / --jobs 1: {spread(walls)}")
    if COUNTS:
        print(f"  with a processor for each process: {spread(alone)}")


def steady(articles: Sequence[Article], model: str, jobs: int) -> Speed:
    """Measure ``jobs`` processes while all of them are at work.

    What is in hand when the clock starts is as much as what is in hand when it stops.
    """
    begun = time.perf_counter()
    extractor = Extractor(load_speakers(), model=model, jobs=jobs)
    first, last = WARM_UP * jobs, len(articles) - AHEAD * jobs
    ready = 0.0
    clock: list[tuple[float, float, float]] = []
    for number, _ in enumerate(extractor.extract_all(articles), start=1):
        if number == 1:
            ready = time.perf_counter() - begun
        if number in (first, last):
            clock.append((time.perf_counter(), *_scheduled()))
    wall, ran, waited = (stop - start for start, stop in zip(*clock, strict=True))
    return Speed(words_of(articles[first:last]) / wall, ready, ran / wall, waited / wall)


def _scheduled() -> tuple[float, float]:
    """Return the seconds that the processes at work ran, and those that they waited to run."""
    if not COUNTS:
        return time.process_time(), 0.0
    pids = [child.pid for child in multiprocessing.active_children()] or [os.getpid()]
    counts = [Path(f"/proc/{pid}/schedstat").read_text().split() for pid in pids]
    return sum(int(ran) for ran, *_ in counts) / 1e9, sum(int(row[1]) for row in counts) / 1e9
