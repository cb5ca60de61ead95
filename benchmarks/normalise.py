"""How fast, and how well, renderings are merged, on quotes made for the purpose.

    python benchmarks/normalise.py [--sizes 10000,100000] [--minhash-up-to 100000]
        [--rapidfuzz-up-to 10000] [--seed 1]

Makes statements of invented speakers (one holds a fifth of them, the others fall off as in life)
and renderings of these: trimmed, stitched, mistyped, heard or translated otherwise. Some are copied
as they are by other outlets on the same day, as from a wire; some articles are unsure who spoke and
name an office. For every size a SQLite database is filled with them and clustered by ``rebuild`` in
a new process; the clock runs from the first reading of the renderings to the commit. Prints
renderings per second of wall time and of processor time (all processes), how both grew per tenfold
renderings against the size before, precision, recall and F1 over pairs of renderings against what
was made, and the peak memory of all processes together: their proportional set size (a page that
several share counts once), read twice a second, or less often where reading takes long. On the same
renderings, in the same run: the clustering alone, in memory and one process; MinHash LSH
(datasketch, word trigrams; at the first size with every Jaccard threshold of ``THRESHOLDS``, then
with the one that was best by F1); rapidfuzz, all pairs of a speaker, a ``token_set_ratio`` of 85 or
more. The last two join what they match by union-find.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quotes.database.engine import models
from quotes.database.quotes.rebuild import rebuild
from quotes.database.session import open_session
from quotes.english.informativeness import FUNCTION_WORDS, TELLING_BANDS
from quotes.normaliser.model import Rendering
from quotes.normaliser.normalise import normalise

Row = dict[str, Any]

MADE = 10_000_000
"""Made speakers and outlets have ids above those that every database is seeded with."""
OUTLETS = 40
STEP = 20_000
PERMUTATIONS = 128
"""The default of datasketch."""
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
LOOK_SECONDS = 0.5
LOOK_SHARE = 0.01
"""Share of the time that looking at the memory may take: of gigabytes it is slow."""
FIRST_DAY = date(2015, 1, 1)
RENDERINGS_A_STATEMENT = (1, 1, 2, 2, 3, 4, 6, 8)
RENDERINGS_A_DAY = 300
"""Spread over time: what all speakers together are quoted with on one day."""
STAR_SHARE = 0.2
"""Share of the statements that one speaker makes."""
FOND_SHARE = 0.2
"""Share of the statements with one of the speaker's ten stock phrases: look-alikes."""
COPIED_SHARE = 0.03
"""Share of the renderings that some other outlets copy as they are."""
COPIES = (3, 5, 8)
UNSURE_SHARE = 0.05
"""Share of the renderings whose articles name an office of the speaker, and are unsure."""
UNSURE = 0.7
SYLLABLES = "ba ko ri den mol tar vis ele gro pan sti kar nu fel ost wik ram zor hin lat".split()
SWAPS = {
    "must": "have to",
    "big": "large",
    "want": "wish",
    "help": "assist",
    "start": "begin",
    "stop": "end",
    "say": "tell",
    "show": "prove",
    "get": "obtain",
    "hard": "difficult",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """One made rendering; ``truth`` is the number of its statement.

    An article that is ``unsure`` names an office of the speaker.
    """

    speaker: int
    text: str
    day: date
    outlet: int
    truth: int
    unsure: bool = False

    @property
    def named(self) -> int:
        """The number of whom its article names: offices have those below 0."""
        return -1 - self.speaker if self.unsure else self.speaker


class Maker:
    """Makes statements with a vocabulary that falls off by Zipf's law, and renderings of them."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        rare = sorted({"".join(self._random.choices(SYLLABLES, k=3)) for _ in range(6000)})
        self._random.shuffle(rare)
        bands = [sorted(FUNCTION_WORDS), *TELLING_BANDS]
        weights = (0.5, 0.16, 0.14, 0.1, 0.1)
        self._words = [word for band in (*bands, rare) for word in band]
        self._weights: list[float] = []
        for band, weight in zip((*bands, rare), weights, strict=True):
            zipf = [1 / (rank + 5) for rank in range(len(band))]
            self._weights += [weight * each / sum(zipf) for each in zipf]
        self._total = list(_running(self._weights))
        self._phrases: dict[int, list[list[str]]] = {}

    def make(self, size: int) -> list[Printed]:
        """Return ``size`` renderings in order of their days."""
        found: list[Printed] = []
        days = max(1, size // RENDERINGS_A_DAY)
        speakers = max(3, size // 200)
        truth = 0
        while len(found) < size:
            star = self._random.random() < STAR_SHARE
            speaker = 0 if star else 1 + int((speakers - 1) * self._random.random() ** 2)
            said = self._statement(speaker)
            day = FIRST_DAY + timedelta(self._random.randrange(days))
            for number in range(self._random.choice(RENDERINGS_A_STATEMENT)):
                later = day + timedelta(self._random.choice((0, 0, 0, 1, 1, 2)))
                words = said if number == 0 else self._rendering(said)
                outlet = self._random.randrange(OUTLETS)
                text = " ".join(words).capitalize()
                unsure = self._random.random() < UNSURE_SHARE
                one = Printed(speaker, text, later, outlet, truth, unsure)
                found += [one, *self._copies(one)]
            truth += 1
        return sorted(found[:size], key=lambda printed: printed.day)

    def _copies(self, printed: Printed) -> list[Printed]:
        """Return what other outlets print as it is."""
        if self._random.random() >= COPIED_SHARE:
            return []
        many = self._random.choice(COPIES)
        outlets = self._random.sample(range(OUTLETS), many)
        return [replace(printed, outlet=outlet) for outlet in outlets if outlet != printed.outlet]

    def _statement(self, speaker: int) -> list[str]:
        """Return the words of a new statement; some hold a phrase that the speaker is fond of."""
        said = self._draw(self._random.choice((7, 9, 11, 13, 15, 18, 22, 27, 34)))
        if self._random.random() < FOND_SHARE:
            fond = self._phrases.setdefault(speaker, [self._draw(4) for _ in range(10)])
            at = self._random.randrange(len(said))
            said[at:at] = self._random.choice(fond)
        return said

    def _draw(self, length: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._total, k=length)

    def _rendering(self, said: Sequence[str]) -> list[str]:
        """Return the words as another paper has them."""
        pick = self._random.random()
        if pick < 0.3:
            return list(said)
        if pick < 0.55:
            return self._trimmed(said)
        if pick < 0.65 and len(said) > 12:
            third = len(said) // 3
            return [*said[:third], "…", *said[-third:]]
        if pick < 0.8:
            return [self._mistyped(word) if self._random.random() < 0.08 else word for word in said]
        return self._translated(said)

    def _trimmed(self, said: Sequence[str]) -> list[str]:
        keep = max(5, int(len(said) * self._random.uniform(0.35, 0.9)))
        start = self._random.randint(0, max(0, len(said) - keep))
        return list(said[start : start + keep])

    def _mistyped(self, word: str) -> str:
        if len(word) < 4:
            return word
        at = self._random.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def _translated(self, said: Sequence[str]) -> list[str]:
        """Swap words for others of their kind, and neighbours for each other, leave out some."""
        words: list[str] = []
        for word in said:
            chance = self._random.random()
            if chance < 0.04:
                continue
            if chance < 0.14:
                swapped = SWAPS.get(word)
                words += swapped.split() if swapped else self._draw(1)
            else:
                words.append(word)
        if len(words) > 4 and self._random.random() < 0.5:
            at = self._random.randrange(len(words) - 1)
            words[at], words[at + 1] = words[at + 1], words[at]
        return words


def _running(weights: Iterable[float]) -> Iterator[float]:
    total = 0.0
    for weight in weights:
        total += weight
        yield total


def fill(session: Session, printed: Sequence[Printed]) -> None:
    """Store the renderings, each in an article of its own, as ``quotes ingest`` would have."""
    with session.begin():
        connection = session.connection()
        speakers = sorted({one.named for one in printed})
        connection.execute(insert(models.Run), [{"id": 1, "program": "made", "model": "none"}])
        connection.execute(insert(models.Speaker), [*map(_speaker, speakers)])
        connection.execute(
            insert(models.Outlet),
            [
                {"id": MADE + number, "slug": f"made-{number}", "name": f"Made {number}"}
                | {"names": [], "domains": [], "origin": "seed"}
                for number in range(OUTLETS)
            ],
        )
        for table, row in (
            (models.Article, _article),
            (models.Quotation, _quotation),
            (models.Attribution, _attribution),
            (models.Rendering, _rendering),
        ):
            for start in range(0, len(printed), STEP):
                part = enumerate(printed[start : start + STEP], start=start + 1)
                connection.execute(insert(table), [row(key, one) for key, one in part])


def _speaker(number: int) -> Row:
    kind, name = ("organisation", "office") if number < 0 else ("person", "made")
    known = {"type": kind, "provisional": False, "origin": "seed"}
    own = abs(number)
    return {"id": _id(number), "slug": f"{name}-{own}", "name": f"{name.title()} {own}", **known}


def _id(number: int) -> int:
    """Return the id of a speaker or an office."""
    return 2 * MADE - number if number < 0 else MADE + number


def _article(key: int, one: Printed) -> Row:
    return {
        "id": key,
        "source": f"made/{key}",
        "address": f"made/{key}",
        "content_hash": f"{key:064d}",
        "version": 1,
        "outlet_id": MADE + one.outlet,
        "published": one.day,
        "form": "article",
        "body": one.text,
    }


def _quotation(key: int, one: Printed) -> Row:
    end = len(one.text)
    span = {"start": 0, "end": end, "inner_start": 0, "inner_end": end, "text": one.text}
    kind = {"kind": "direct", "kind_rule": "made", "opened": True, "closed": True}
    return {"id": key, "article_id": key, **span, **kind}


def _attribution(key: int, one: Printed) -> Row:
    sure = UNSURE if one.unsure else 1.0
    found = {"rule": "made", "confidence": sure, "evidence": [], "speaker_evidence": []}
    ids = {"id": key, "quotation_id": key, "run_id": 1, "speaker_id": _id(one.named)}
    return {**ids, **found}


def _rendering(key: int, one: Printed) -> Row:
    return {
        "id": key,
        "quotation_id": key,
        "article_id": key,
        "start": 0,
        "end": len(one.text),
        "text": one.text,
    }


def stored_clusters(session: Session) -> list[int]:
    """Return the quote of every rendering, in order."""
    query = select(models.Variant.quote_id).join(
        models.Rendering, models.Rendering.variant_id == models.Variant.id
    )
    return list(session.scalars(query.order_by(models.Rendering.id)))


def in_memory(printed: Sequence[Printed]) -> list[int]:
    """Cluster without a database, in this process alone; return the cluster of each."""
    clusters = normalise(
        [
            Rendering(at, str(one.named), one.text, one.day, str(one.outlet), str(at))
            for at, one in enumerate(printed)
        ]
    )
    found = {member.key: at for at, cluster in enumerate(clusters) for member in cluster.members}
    return [found[at] for at in range(len(printed))]


def minhash(printed: Sequence[Printed], threshold: float) -> list[int]:
    """Cluster with MinHash LSH, as near-duplicate removal does; return the cluster of each."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    groups = Groups(len(printed))
    first: dict[tuple[int, str], int] = {}
    for at, one in enumerate(printed):
        key = one.named, one.text
        if key in first:
            groups.join(first[key], at)
            continue
        first[key] = at
        words = one.text.lower().split()
        grams = {" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))}
        sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update_batch([f"{one.named} {gram}".encode() for gram in grams])
        for other in index.query(sketch):
            groups.join(other, at)
        index.insert(at, sketch, check_duplication=False)
    return groups.roots()


def all_pairs(printed: Sequence[Printed]) -> list[int]:
    """Compare all renderings of each speaker with rapidfuzz; return the cluster of each."""
    from rapidfuzz import fuzz, process

    groups = Groups(len(printed))
    by_speaker: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(printed):
        by_speaker[one.named].append(at)
    for members in by_speaker.values():
        texts = [printed[at].text.lower() for at in members]
        for row, at in enumerate(members):
            for _, _, other in process.extract_iter(
                texts[row], texts[:row], scorer=fuzz.token_set_ratio, score_cutoff=85
            ):
                groups.join(members[other], at)
    return groups.roots()


class Groups:
    """Union-find over numbers from 0 on."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, at: int) -> int:
        """Return the number that stands for the group of ``at``."""
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, one: int, two: int) -> None:
        """Make one group of two."""
        self._parent[self.root(one)] = self.root(two)

    def roots(self) -> list[int]:
        """Return the group of every number."""
        return [self.root(at) for at in range(len(self._parent))]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one method came to: time in seconds, shares of pairs of renderings, megabytes."""

    name: str
    size: int
    seconds: float
    cpu: float
    precision: float
    recall: float
    peak: float = 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall (0-1)."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Clock:
    """Wall and processor time (of this process and all below it) since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), self._used()

    def read(self) -> tuple[float, float]:
        """Return both in seconds."""
        return time.perf_counter() - self._wall, self._used() - self._cpu

    def _used(self) -> float:
        return sum(map(_processor_seconds, _family()))


def scored(name: str, printed: Sequence[Printed], run: Callable[[], list[int]]) -> Figures:
    """Time ``run`` and compare its clusters with what was made."""
    clock = Clock()
    found = run()
    seconds, cpu = clock.read()
    truth = [one.truth for one in printed]
    right = _pairs(zip(found, truth, strict=True))
    return Figures(
        name,
        len(printed),
        seconds,
        cpu,
        right / max(1, _pairs(found)),
        right / max(1, _pairs(truth)),
    )


def _pairs(labels: Iterable[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())


class Memory(Thread):
    """Watches how much memory this process and its children hold together, on Linux."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._done = Event()

    def run(self) -> None:
        """Look until told to stop."""
        pause = LOOK_SECONDS
        while not self._done.wait(pause):
            began = time.perf_counter()
            self.peak = max(self.peak, sum(map(_proportional, _family())))
            pause = max(LOOK_SECONDS, (time.perf_counter() - began) / LOOK_SHARE)

    def stop(self) -> float:
        """Return the peak in megabytes."""
        self._done.set()
        self.join()
        return self.peak / 1024


def _family(process: str = "self") -> Iterator[str]:
    """Yield a process and those below it: the ones at work are started by a process in between."""
    yield process
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = " ".join((task / "children").read_text() for task in tasks)
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children.split():
        yield from _family(child)


def _processor_seconds(process: str) -> float:
    """Return what a process and those it has ended ran; 0 if it has ended itself."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    ticks = stat.rpartition(")")[2].split()[11:15]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _proportional(process: str) -> int:
    """Return the proportional set size of a process in KiB; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def timed_rebuild(database: str) -> tuple[float, float, float]:
    """Cluster what is stored; return wall and processor seconds, and megabytes at the peak."""
    with open_session(database) as session:
        memory = Memory()
        memory.start()
        clock = Clock()
        rebuild(session, lambda _done, _all: None)
        return *clock.read(), memory.stop()


def measure(printed: Sequence[Printed], database: Path) -> Figures:
    """Store the renderings, then time clustering all of them, from reading to the commit."""
    with open_session(str(database)) as session:
        fill(session, printed)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        seconds, cpu, peak = pool.submit(timed_rebuild, str(database)).result()
    with open_session(str(database)) as session, session.begin():
        found = stored_clusters(session)
    figures = scored("quotes", printed, lambda: found)
    return replace(figures, seconds=seconds, cpu=cpu, peak=peak)


def main() -> None:
    """Measure every size and print one line for each method."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--sizes", default="10000,100000")
    arguments.add_argument("--rapidfuzz-up-to", type=int, default=10_000)
    arguments.add_argument("--minhash-up-to", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()

    before: Figures | None = None
    best: Figures | None = None
    print(
        f"{'method':<12}{'renderings':>11}{'a second':>10}{'a CPU s':>9}{'growth':>11}"
        f"{'precision':>11}{'recall':>8}{'F1':>8}{'peak MB':>9}"
    )
    for size in map(int, options.sizes.split(",")):
        printed = Maker(options.seed).make(size)
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(printed, Path(folder) / "made.db")
        show(figures, growth(before, figures) if before else "")
        before = figures
        if size <= options.minhash_up_to:
            show(scored("in memory", printed, partial(in_memory, printed)))
            tried = THRESHOLDS if best is None else (float(best.name.split()[-1]),)
            runs = [scored(f"minhash {at}", printed, partial(minhash, printed, at)) for at in tried]
            for run in runs:
                show(run)
            best = max(runs, key=lambda run: run.f1)
        if size <= options.rapidfuzz_up_to:
            show(scored("rapidfuzz", printed, partial(all_pairs, printed)))


def growth(before: Figures, now: Figures) -> str:
    """Return by how much wall and processor time grew per tenfold renderings."""
    tenfolds = math.log10(now.size / before.size)
    times = (now.seconds / before.seconds, now.cpu / before.cpu)
    return " ".join(f"{each ** (1 / tenfolds):.1f}" for each in times)


def show(figures: Figures, growth: str = "") -> None:
    """Print one line."""
    print(
        f"{figures.name:<12}{figures.size:>11,}{figures.size / figures.seconds:>10,.0f}"
        f"{figures.size / figures.cpu:>9,.0f}"
        f"{growth:>11}{figures.precision:>11.4f}{figures.recall:>8.4f}{figures.f1:>8.4f}"
        f"{format(figures.peak, ',.0f') if figures.peak else '':>9}",
        flush=True,
    )


if __name__ == "__main__":
    main()
