"""Past one machine: whether the outcome is the same, and what it costs.

    python benchmarks/distributed.py [--articles 2000] [--renderings 100000] [--master local[2]]
        [--local] [--json]

Makes articles of its own. A tenth of them, and then all, go through ``quotes batch extract`` and
``merge`` on Apache Spark (with ``--local``: by the local engine) and, as what to compare with,
through ``quotes extract`` and, with all processes in one, the local engine. Processor time is that
of every process that a command starts, Java's and its workers' too (see ``spent``).

``extraction_equal``: the rows are those of ``quotes extract``. ``quotes_equal``: quotes, variants,
relations, disputes and components are those of ``quotes normalise --rebuild``, for these articles
and for ``--renderings`` made ones with unsure speakers, neighbours, fragments, judgements, and a
speaker with a fifth of them. ``throughput_ratio`` is the processor time a word of ``quotes
extract`` between the two sizes as a share of that of the batch; ``job_ratio`` the same for
extraction and merging together, against the local engine; ``fixed_seconds`` what both commands take
besides.
``peak_mb`` is the memory of the largest process that did a task.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import made
import outcomes
from spent import Cost, cost_of
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.engine.transaction import whole
from quotes.database.extractions.runs import start_run
from quotes.database.judgements.judge import Judge
from quotes.database.loading import Loader
from quotes.database.quotes.rebuild import rebuild
from quotes.database.session import open_session
from quotes.distributed import merging
from quotes.distributed.files import Folder
from quotes.distributed.known import judged_in
from quotes.distributed.loading import chunks
from quotes.distributed.running import EngineName, open_batch
from quotes.distributed.stages import Stages
from quotes.distributed.statements import Judged
from quotes.records import ExtractedArticle

FIRST = "Ada Bo Cy Di Eve Finn Gil Hal Ida Jo Kit Lou Max Nan Ole Pia Rex Sue Tom Una".split()
LAST = "Quill Reed Marsh Dale Roe Lind Holt Bell Frost Lane Moss Pike Stone Wade York".split()
ROLES = "mayor,harbour master,minister,spokesman for the council,head of the union".split(",")
CUES = ("said", "told reporters", "warned", "added", "insisted", "announced", "argued")
OPENINGS = "We will,Nobody here can,I would never,The town has to,They did not,You may".split(",")
ENDS = "sell the old harbour,close the northern bridge,pay for another ferry,ask the nurses,"
ENDS += "wait until the spring,forget what was promised,build a tunnel under the river"
WORDS = (
    "the council of the town met on a grey morning and heard from the owners of the ferry that a "
    "bridge would cost more than anybody in the crowded hall had been told before"
).split()


def texts(many: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield news articles of some 450 words about an invented town."""
    chance = random.Random(seed)
    for number in range(many):
        people = [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(3)]
        paragraphs = [_opening(people, chance)]
        paragraphs += [_paragraph(people, number, chance) for _ in range(chance.randint(7, 12))]
        yield {
            "url": f"https://paper{number % 23}.example/{number}",
            "outlet": f"Paper {number % 23}",
            "date": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "title": f"Report {number} from the town hall",
            "text": "\n\n".join(paragraphs),
        }


def _opening(people: list[str], chance: random.Random) -> str:
    named = "; ".join(f"{who}, the {chance.choice(ROLES)}" for who in people)
    return f"The town hall heard {named} on Monday. {' '.join(WORDS)}."


def _paragraph(people: list[str], number: int, chance: random.Random) -> str:
    who = chance.choice(people)
    said = f"{chance.choice(OPENINGS)} {chance.choice(ENDS.split(','))}"
    more = f"and item {chance.randrange(40)} of plan {number % 97} is no exception"
    filler = " ".join(WORDS[chance.randrange(8) :])
    form = chance.randrange(5)
    if form == 0:
        return f"“{said}, {more},” said {who}. {filler.capitalize()}."
    if form == 1:
        return f"{who.split()[1]} {chance.choice(CUES)}: “{said} {more}.” {filler.capitalize()}."
    if form == 2:
        return f"{filler.capitalize()}. “{said},” she added. “{more.capitalize()}.”"
    if form == 3:
        return f"Asked about it, {who} called the plan “{said.lower()}”. {filler.capitalize()}."
    return f"{filler.capitalize()}, and {filler}."


def program(*command: object, out: Path | None = None) -> Cost:
    """Run the program; raises CalledProcessError where it fails."""
    arguments = [str(Path(sys.executable).with_name("quotes")), *map(str, command)]
    if out is None:
        return cost_of(arguments)
    with out.open("w") as stream:
        return cost_of(arguments, stream)


@dataclass(frozen=True)
class Line:
    """Seconds by words: so many for each, and so many besides."""

    each: float
    fixed: float


def line(few: tuple[int, float], many: tuple[int, float]) -> Line:
    """Return the line through two measurements (words, seconds)."""
    each = (many[1] - few[1]) / (many[0] - few[0])
    return Line(each, few[1] - each * few[0])


class Measured:
    """The articles of one size, and the batch that they became."""

    def __init__(self, folder: Path, articles: int, options: tuple[str, ...]) -> None:
        rows = [*texts(articles)]
        self.words = sum(row["text"].count(" ") + 1 for row in rows)
        self.source = folder / f"{articles}.jsonl"
        self.source.write_text("\n".join(map(json.dumps, rows)))
        self.rows, self.out = folder / f"{articles}.rows", folder / f"{articles}"
        self.alone = folder / f"{articles}-local"
        plain = ("extract", self.source, "--format", "jsonl", "--all", "--jobs", 1)
        self.plain = program(*plain, out=self.rows)
        self.extract = self._batch("extract", self.out, *options)
        self.merge = self._batch("merge", self.out, *options)
        self.local = sum(
            self._batch(command, self.alone, "--jobs", "1").cpu for command in ("extract", "merge")
        )

    def _batch(self, command: str, out: Path, *options: str) -> Cost:
        source = (self.source,) if command == "extract" else ()
        return program("batch", command, *source, "--out", out, *options)

    def extraction_is_equal(self) -> bool:
        """Whether the rows are those of ``quotes extract``."""
        expected = map(json.loads, self.rows.read_text().splitlines())
        items = (one for found in stored(self.out) for one in found.listed(everything=True))
        found = (one.to_dict() for one in items)
        return sorted(map(_packed, expected)) == sorted(map(_packed, found))


def peak(out: Path) -> int:
    """Return the bytes of the largest process that did a task of a batch."""
    stages = Stages(Folder(str(out)))
    return max((stages.manifest(name) or {})["peak"] for name in ("tables", "quotes"))


def _packed(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True)


def stored(out: Path) -> Iterator[ExtractedArticle]:
    """Yield the articles of a batch."""
    for some in chunks(Folder(str(out))):
        yield from some


def rebuilt(
    database: Path,
    articles: Iterable[ExtractedArticle],
    judge: Callable[[Session], None] | None = None,
) -> set[outcomes.Quote]:
    """Return what ``quotes normalise --rebuild`` makes of articles in a new database."""
    with open_session(str(database)) as session:
        with whole(session, bulk=True):
            Loader(session, start_run(session, made.MODEL)).add([*articles])
        rebuild(session, lambda *_: None)
        if judge is not None:
            judge(session)
            rebuild(session, lambda *_: None)
        return outcomes.in_database(session)


def decide(session: Session) -> None:
    """Decide as a person would: what is the same, whose it is, when it was printed."""
    with session.begin():
        query = text(
            "SELECT r.id, q.id, a.id FROM renderings r JOIN quotations q ON q.id = r.quotation_id"
            " JOIN articles a ON a.id = q.article_id JOIN speakers s ON s.id = r.speaker_id"
            " WHERE s.slug = 'ann-made0' ORDER BY r.id LIMIT 400"
        )
        rows = [tuple(row) for row in session.execute(query)]
        twins = text(
            "SELECT min(id), max(id) FROM renderings WHERE variant_id IS NOT NULL"
            " GROUP BY variant_id HAVING count(*) > 2 ORDER BY 1 LIMIT 5"
        )
        pairs = [tuple(row) for row in session.execute(twins)]
    judge = Judge(session, "benchmark")
    judge.pair("same", f"r{rows[0][0]}", f"r{rows[150][0]}")
    for one, other in pairs:
        judge.pair("different", f"r{one}", f"r{other}")
    judge.canonical(f"r{rows[40][0]}")
    judge.attribution(rows[60][1], "bo-made1")
    judge.kind(rows[80][1], "none")
    judge.edit(rows[100][2], {"published": "2015-06-01"})
    judge.merge("bo-made2", "ann-made1")


def made_is_equal(
    out: Path, renderings: int, engine: EngineName, master: str | None
) -> tuple[bool, int]:
    """Whether made renderings are merged as a rebuild merges them, with judgements; the peak."""
    database = out.with_suffix(".db")
    articles = [*made.made_articles(renderings)]
    expected = rebuilt(database, articles, decide)
    found, peaks = [], []
    with open_batch(str(out), "local", jobs=0, **_QUIET) as batch:
        made.as_extracted(batch, articles)
    for heavy in (merging.HEAVY, renderings // 10):
        jobs = 2 if engine == "local" else None
        with open_batch(str(out), engine, jobs=jobs, master=master, **_QUIET) as batch:
            merging.merge(batch, judged_in(str(database)), heavy=heavy)
        found.append(outcomes.in_batch(str(out)) == expected)
        peaks.append(peak(out))
    with open_batch(str(out), "local", jobs=0, **_QUIET) as batch:
        merging.merge(batch, Judged())
    return all(found) and outcomes.in_batch(str(out)) != expected, max(peaks)


_QUIET: dict[str, Any] = {"tell": lambda _: None, "on_progress": lambda _done, _all: None}


@dataclass(frozen=True)
class Figures:
    """What is printed; times in seconds of a processor."""

    articles: int
    words: int
    renderings: int
    engine: str
    extraction_equal: bool
    quotes_equal: bool
    throughput_ratio: float
    job_ratio: float
    fixed_seconds: float
    extract_seconds_a_million_words: float
    merge_seconds_a_million_words: float
    plain_seconds_a_million_words: float
    peak_mb: int


def measure(articles: int, renderings: int, engine: EngineName, master: str | None) -> Figures:
    """Do everything in a folder that is removed afterwards."""
    options: tuple[str, ...] = ("--engine", engine)
    options += ("--jobs", "2") if engine == "local" else ("--master", master or "local[2]")
    folder = Path(tempfile.mkdtemp(prefix="quotes-benchmark-"))
    try:
        few = Measured(folder, max(20, articles // 10), options)
        many = Measured(folder, articles, options)

        def fitted(cost: Callable[[Measured], float]) -> Line:
            return line((few.words, cost(few)), (many.words, cost(many)))

        plain, extract = fitted(lambda m: m.plain.cpu), fitted(lambda m: m.extract.cpu)
        merge, local = fitted(lambda m: m.merge.cpu), fitted(lambda m: m.local)
        of_articles = rebuilt(folder / "articles.db", stored(many.out))
        costs = {
            "extraction_equal": few.extraction_is_equal() and many.extraction_is_equal(),
            "throughput_ratio": round(plain.each / extract.each, 3),
            "job_ratio": round(local.each / (extract.each + merge.each), 3),
            "fixed_seconds": round(extract.fixed + merge.fixed, 1),
            "extract_seconds_a_million_words": round(1e6 * extract.each, 1),
            "merge_seconds_a_million_words": round(1e6 * merge.each, 1),
            "plain_seconds_a_million_words": round(1e6 * plain.each, 1),
        }
        print(json.dumps(costs), file=sys.stderr)
        quotes_equal = outcomes.in_batch(str(many.out)) == of_articles
        made_equal, made_peak = made_is_equal(folder / "made", renderings, engine, master)
        return Figures(
            articles=articles,
            words=many.words,
            renderings=renderings,
            engine=engine,
            quotes_equal=quotes_equal and made_equal,
            peak_mb=max(peak(few.out), peak(many.out), made_peak) >> 20,
            **costs,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Print the figures; exit with status 1 if anything is not the same."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--renderings", type=int, default=100_000)
    parser.add_argument("--master", help="Spark's (default: local[2])")
    parser.add_argument("--local", action="store_true", help="the local engine in Spark's place")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    engine: EngineName = "local" if given.local else "spark"
    master = None if given.local else given.master or "local[2]"
    figures = asdict(measure(given.articles, given.renderings, engine, master))
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:34}{value}")
    sys.exit(not (figures["extraction_equal"] and figures["quotes_equal"]))


if __name__ == "__main__":
    main()
