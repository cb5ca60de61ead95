"""How much processor time the commands without language analysis cost, against bare Python.

    python benchmarks/startup.py [--runs 10] [--articles FOLDER] [--db FILE] [--json FILE]

Fills a SQLite database with the articles, or takes that of ``--db`` (``search.py`` keeps one), then
runs bare Python, the start of its usual libraries
(``import click``, ``import sqlalchemy``, ``sqlite-utils search``) and the commands that read, in
turns, each in a new process. Prints the median processor seconds (user and system, so that a busy
machine counts less) and the ratio to bare Python of the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ARTICLES = Path(__file__).parents[1] / "seeds" / "articles"
SQLITE_UTILS = str(Path(sys.executable).with_name("sqlite-utils"))
QUOTES = str(Path(sys.executable).with_name("quotes"))
BASELINE = "python -c pass"


def cpu_seconds(command: list[str], environment: dict[str, str]) -> float:
    """Run ``command`` and return the processor seconds that it took; it has to succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def main() -> None:
    """Measure and print one line a command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--articles", type=Path, default=ARTICLES)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()

    commands = {
        BASELINE: [sys.executable, "-c", "pass"],
        "import quotes": [sys.executable, "-c", "import quotes"],
        "quotes --help": [QUOTES, "--help"],
        "quotes search deal": [QUOTES, "search", "deal", "--format", "jsonl"],
        "quotes show q1": [QUOTES, "show", "q1"],
        "quotes sql": [QUOTES, "sql", "SELECT count(*) FROM quote_list"],
        "quotes speakers list": [QUOTES, "speakers", "list"],
        "quotes review": [QUOTES, "review"],
        "import click": [sys.executable, "-c", "import click"],
        "import sqlalchemy": [sys.executable, "-c", "import sqlalchemy"],
        "sqlite-utils search": [SQLITE_UTILS, "search", "DB", "renderings", "deal"],
    }
    with tempfile.TemporaryDirectory() as folder:
        database = str(options.db or Path(folder) / "quotes.db")
        environment = os.environ | {"QUOTES_DB": database}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the first round compiles, as pip does
        fill = [QUOTES, "--quiet", "ingest", str(options.articles)]
        if options.db is None:
            subprocess.run(fill, env=environment, stdout=subprocess.DEVNULL, check=True)
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(options.runs + 1):
            for name, command in commands.items():
                given = [database if part == "DB" else part for part in command]
                seconds = cpu_seconds(given, environment)
                if run:  # the first round fills the caches of the file system
                    taken[name].append(seconds)

    baseline = statistics.median(taken[BASELINE])
    print(f"{'command':<20} {'CPU s':>8} {'ratio':>7}   (median of {options.runs} runs)")
    for name, runs in taken.items():
        median = statistics.median(runs)
        print(f"{name:<20} {median:8.3f} {median / baseline:7.2f}")
    if options.json:
        figures = {name: statistics.median(runs) for name, runs in taken.items()}
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
