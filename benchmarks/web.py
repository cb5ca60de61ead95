"""How long the pages of ``quotes serve`` take, beside Datasette's on the same file.

    python benchmarks/web.py [--renderings 340000] [--copies 10] [--runs 40] [--db FILE]
        [--json FILE] [--slow MILLISECONDS]

Fills a SQLite database as ``search.py`` does (340,000 renderings are about 100,000 quotes, with
``--copies 10`` a million), and asks every page over HTTP from
one client of one server process, warm, each time for something else where a page has something to
ask for: as soon as an answer is there the next is asked. Prints the median and the 95th percentile
in milliseconds, on the clock and of processor time; what is costly to count is kept as long as
nothing is written, so a page that has one address alone was counted before. Datasette (its pages of
the same views and searches, time limits lifted, with ``docs/datasette.yaml``) is asked in the same
run. ``--slow`` fails if a page of ours is slower."""

from __future__ import annotations

import argparse
import itertools
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from search import WORD, prepare

from quotes.web.server import Serving, prepared

ROOT = Path(__file__).parents[1]
WORDS = "help want show start must hard stop say keep work open law city food water money".split()


def pages(path: Path, runs: int) -> dict[str, list[str]]:
    """Return the addresses to ask for, by the name of the page."""
    with sqlite3.connect(path) as connection:
        (last,) = connection.execute("SELECT max(id) FROM quotes").fetchone()
        most = connection.execute(
            "SELECT quote_id FROM variants GROUP BY quote_id ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()[0]
        kept = [row[0] for row in connection.execute(
            "SELECT id FROM quotes WHERE id % :step = 0 LIMIT :runs",
            {"step": max(1, last // (4 * runs)), "runs": runs},
        )]  # fmt: skip
        articles = [row[0] for row in connection.execute(
            "SELECT id FROM articles LIMIT :runs", {"runs": runs})]  # fmt: skip
    words = list(itertools.islice(itertools.cycle(WORDS), runs))
    pairs = [f"{one} {other}" for one, other in itertools.permutations(WORDS, 2)][:runs]
    years = [f"{2015 + at // 12}-{at % 12 + 1:02}-01" for at in range(runs)]
    return {
        "front page": ["/"],
        "search, one common word": [f"/search?q={word}" for word in words],
        "search, two words": [f"/search?q={pair}" for pair in pairs],
        "search, no words": [f"/search?page={at + 1}" for at in range(runs)],
        "search, a word and an outlet": [f"/search?q={word}&outlet=made-3" for word in words],
        "search, a speaker": [f"/search?speaker=made-{at}" for at in range(runs)],
        "search, changed meanings": [f"/search?divergent=1&page={at + 1}" for at in range(runs)],
        "search, since a day": [f"/search?since={day}" for day in years],
        "a quote": [f"/quotes/{number}" for number in kept],
        "the quote with most variants": [f"/quotes/{most}"],
        "speakers": [f"/speakers?page={at % 5 + 1}" for at in range(runs)],
        "a speaker": [f"/speakers/made-{at}" for at in range(1, runs)],
        "the speaker quoted most": ["/speakers/made-0"],
        "outlets": ["/outlets"],
        "an outlet": [f"/outlets/made-{at % 40}" for at in range(runs)],
        "outlets compared": ["/compare"],
        "two outlets": [f"/compare?left=made-{at % 39}&right=made-39" for at in range(runs)],
        "articles": [f"/articles?page={at + 1}" for at in range(runs)],
        "an article": [f"/articles/{number}" for number in articles],
        "numbers": ["/stats?by=outlet"],
        "review": [f"/review?skipped=n{10 * at}" for at in range(runs)],
        "log": ["/log"],
        "API, quotes": [f"/api/v1/quotes?limit=100&cursor={at}" for at in ("", "MTAw", "MTAwMA==")],
    }


def datasette_pages(name: str, ours: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return Datasette's addresses for the like; the same quotes as ``ours`` are asked for."""
    return {
        "quotes, the newest": [f"/{name}/quote_list"],
        "renderings with a common word": [f"/{name}/rendering_list?_search={WORD}"],
        "renderings with two words": [f"/{name}/rendering_list?_search=help+want"],
        "a quote": [f"/{name}{place}" for place in ours["a quote"]],
        "speakers": [f"/{name}/speaker_list"],
        "outlets": [f"/{name}/outlet_list"],
    }


@contextmanager
def serving(path: Path) -> Iterator[httpx.Client]:
    """Serve the database in this process and yield a client."""
    with prepared(Serving(str(path), port=0)) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        base, _, token = server.address.partition("/?token=")
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=base, headers=headers, timeout=600) as client:
            yield client
        server.stop()
        thread.join()


@contextmanager
def datasette(path: Path) -> Iterator[httpx.Client]:
    """Serve the database with Datasette and yield a client."""
    port = "8871"
    settings = itertools.chain.from_iterable(
        ("--setting", name, "600000") for name in ("sql_time_limit_ms", "facet_time_limit_ms")
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "datasette", "serve", path, "--port", port, *settings,
         "--metadata", ROOT / "docs" / "datasette.yaml"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600) as client:
            for _ in range(100):
                time.sleep(0.2)
                try:
                    client.get("/-/versions.json")
                    break
                except httpx.TransportError:
                    continue
            yield client
    finally:
        process.terminate()
        process.wait()


def ask(client: httpx.Client, addresses: list[str], runs: int) -> list[tuple[float, float]]:
    """Ask for addresses in turns; return the milliseconds of each answer, the first left out.

    Of each those on the wall clock, and those of this process's processor time (of the server and
    the client together, where the server runs in it).
    """
    client.get(addresses[-1])
    taken = []
    for address in itertools.islice(itertools.cycle(addresses), runs):
        began, busy = time.perf_counter(), time.process_time()
        answer = client.get(address)
        wall, processor = time.perf_counter() - began, time.process_time() - busy
        taken.append((1000 * wall, 1000 * processor))
        if answer.status_code >= 400:
            raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")
    return taken


def report(name: str, taken: list[tuple[float, float]], *, ours: bool = True) -> float:
    """Print one line and return the 95th percentile."""
    wall, processor = zip(*taken, strict=True)
    late = statistics.quantiles(wall, n=20)[-1]
    line = f"{name:<34} {statistics.median(wall):9.1f} {late:9.1f}"
    if ours:
        line += (
            f" {statistics.median(processor):9.1f} {statistics.quantiles(processor, n=20)[-1]:9.1f}"
        )
    print(line, flush=True)
    return late


def main() -> None:
    """Measure and print one line a page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--renderings", type=int, default=340_000)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--slow", type=float)
    parser.add_argument("--no-datasette", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder) / "made.db"
        prepare(path, options.renderings, options.copies)
        with sqlite3.connect(path) as connection:
            (quotes,) = connection.execute("SELECT count(*) FROM quotes").fetchone()
        heads = "".join(f" {head:>9}" for head in ("median", "p95", "processor", "p95"))
        print(f"{f'{quotes:,} quotes':<34}{heads}   milliseconds")
        late, asked = {}, pages(path, options.runs)
        with serving(path) as client:
            for name, addresses in asked.items():
                late[name] = report(name, ask(client, addresses, options.runs))
        if not options.no_datasette:
            with datasette(path) as client:
                for name, addresses in datasette_pages(path.stem, asked).items():
                    taken = ask(client, addresses, min(10, options.runs))
                    name = f"Datasette: {name}"
                    late[name] = report(name, taken, ours=False)
    if options.json:
        options.json.write_text(json.dumps(late, indent=2) + "\n")
    worst = max(late[name] for name in asked)
    if options.slow is not None and worst > options.slow:
        raise SystemExit(f"a page takes {worst:.0f} ms, more than {options.slow:.0f}")


if __name__ == "__main__":
    main()
