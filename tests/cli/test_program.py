"""What all commands have in common."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quotes import __version__
from quotes.cli import COMMANDS, cli
from tests.cli.program import QUOTES, Quotes, run, run_process

HEAVY = ("spacy", "alembic", "trafilatura", "numpy", "sqlalchemy", "rich", "yaml", "logging")


def modules_after(statement: str, *arguments: str, database: Path) -> set[str]:
    """Return what a new process has imported after running ``statement``."""
    code = f"import sys; sys.argv[1:] = {list(arguments)!r}\ntry:\n    {statement}\n"
    code += "finally:\n    print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"QUOTES_DB": str(database)},
        capture_output=True,
        encoding="utf-8",
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("search", "bridge"),
        ("show", "q1"),
        ("sql", "SELECT 1"),
        ("speakers", "list"),
        ("export", "quotes"),
    ],
)
def test_commands_without_language_analysis_import_nothing_of_it(
    arguments: tuple[str, ...], stocked_file: Path
) -> None:
    start = "from quotes.cli import main; main()"
    loaded = modules_after(start, *arguments, database=stocked_file)
    assert "quotes.cli" in loaded
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (("search", "bridge"), {"quotes.records", "quotes.export.rows", "shutil"}),
        (("search", "bridge", "--format", "jsonl"), {"quotes.records", "quotes.export.rows"}),
        (("show", "q1"), {"quotes.records", "quotes.search.finding", "shutil"}),
        (("sql", "SELECT 1"), {"quotes.records", "quotes.search.finding", "shutil"}),
        (("speakers", "list"), {"quotes.records", "quotes.search.finding"}),
    ],
)
def test_commands_that_read_import_no_more_than_they_need(
    arguments: tuple[str, ...], spared: set[str], stocked_file: Path
) -> None:
    start = "from quotes.cli import main; main()"
    loaded = modules_after(start, *arguments, database=stocked_file)
    assert "quotes.cli" in loaded
    assert loaded.isdisjoint(spared)


def test_numbers_in_two_wordings_are_compared_without_yaml(stocked_file: Path) -> None:
    compare = "from quotes.normaliser.difference import diff; diff('Two men fled.', '3 men fled.')"
    loaded = modules_after(compare, database=stocked_file)
    assert "quotes.english.numbers" in loaded
    assert "yaml" not in loaded


def test_help_lists_every_command(quotes: Quotes) -> None:
    done = quotes("--help")
    assert done.status == 0
    for name, what in COMMANDS.items():
        assert f"\n  {name} " in done.out
        assert what.split()[0] in done.out
        assert cli.get_command(None, name).name == name  # type: ignore[arg-type]


SMOKE: dict[str, tuple[tuple[str, ...], str]] = {
    "ingest": (("ARTICLES",), "nothing new: 3 articles unchanged\n"),
    "extract": (("ARTICLES", "--format", "jsonl"), '"speaker": "Bruno Quill"'),
    "search": (("bridge",), "The old bridge stays open"),
    "show": (("q1",), "Ada Quill (ada-quill)"),
    "speakers": (("show", "bruno quill"), "Bruno Quill (bruno-quill)"),
    "judge": (("kind", "n1", "direct", "--by", "Ann Roe"), ""),
    "compare": (("r1", "r1"), "the same words"),
    "stats": (("--by", "gender"), "female"),
    "articles": (("list",), "Harbour stays with the town"),
    "outlets": (("list",), "daily-lantern"),
    "review": (("--below", "0"), ""),
    "reprocess": (("--dry-run",), "attributions gained"),
    "normalise": (("--rebuild",), "5 renderings merged into 3 quotes\n"),
    "export": (("quotations",), "“The old bridge stays open all winter,”"),
    "sql": (("SELECT count(*) AS n FROM quotation_list",), "n\n6\n"),
    "rules": ((), "quote-verb-source"),
    "evaluate": (("merging", "LABELS"), "precision"),
    "db": (("status",), "schema"),
    "batch": (("extract", "ARTICLES", "--out", "BATCH"), "quotations"),
    "watch": (("FEED",), "nothing new: 0 articles unchanged\n"),
}
"""Every command that ends by itself, as a process: its arguments, and a part of what it prints."""


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "serve"])
def test_every_command_runs_as_a_process(command: str, stocked_file: Path, tmp_path: Path) -> None:
    database = tmp_path / "stocked.db"
    shutil.copy(stocked_file, database)
    label = {"doc": "post", "start": 45, "end": 105, "text": "We", "scope": 1, "groups": [1]}
    labels = tmp_path / "segments.jsonl"
    labels.write_text(json.dumps(label) + "\n", encoding="utf-8")
    feed = tmp_path / "feed.rss"
    feed.write_text("<rss><channel><item><title>Old</title></item></channel></rss>")
    paths = {"ARTICLES": stocked_file.parent / "articles", "LABELS": labels}
    paths |= {"FEED": feed, "BATCH": tmp_path / "batch"}
    arguments, printed = SMOKE[command]
    done = run_process(database, command, *(paths.get(one, one) for one in arguments))
    assert (done.status, printed in done.out) == (0, True), done


def test_version(quotes: Quotes) -> None:
    assert quotes("--version").out == f"quotes {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("serch",), "did you mean 'search'?"),
        (("frobnicate",), "there is no command 'frobnicate'"),
        (("search", "--since", "Friday"), "'Friday' is not a date: write it as YYYY-MM-DD"),
        (("search", "--min-confidence", "7"), "0<=x<=1"),
        (("search", "--format", "xml"), "'xml' is not one of"),
        (("ingest",), "Missing argument"),
        (("sql",), "give a statement"),
        (("export", "quotes", "--format", "jsonl", "--excel"), "--excel goes with CSV"),
        (("evaluate", "speakers", "gold.jsonl"), "gold.jsonl: cannot be read"),
    ],
)
def test_wrong_usage_is_status_2(quotes: Quotes, arguments: tuple[str, ...], words: str) -> None:
    done = quotes(*arguments)
    assert (done.status, done.out) == (2, "")
    assert words in done.err


def test_the_database_may_be_named_before_and_after_the_command(
    stocked_file: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    before = run(elsewhere, "--db", stocked_file, "search", "bridge")
    after = run(elsewhere, "search", "bridge", "--db", stocked_file)
    assert before == after
    assert "stays open" in after.out
    assert not elsewhere.exists()


def test_a_missing_database_is_not_made_by_reading(quotes: Quotes, tmp_path: Path) -> None:
    done = quotes("search", "bridge")
    assert done.status == 1
    assert "new.db: there is no database here; `quotes ingest` makes one" in done.err
    assert not (tmp_path / "new.db").exists()


def test_debug_shows_where_an_error_comes_from(stocked_file: Path) -> None:
    done = subprocess.run(
        [QUOTES, "--db", str(stocked_file), "show", "999", "--debug"],
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" in done.stderr
    assert "there is no quote or quotation or variant or rendering 999" in done.stderr


@pytest.mark.parametrize("package", ["trafilatura", "lxml_html_clean", "spacy"])
def test_a_missing_package_is_not_the_fault_of_an_article(tmp_path: Path, package: str) -> None:
    page = tmp_path / "page.html"
    body = (
        "<p>Of the quay “a place without a single cat” is what one hears, Quill having asked.</p>"
    )
    page.write_text(f"<html><body><article>{body * 2}</article></body></html>", encoding="utf-8")
    code = f"import sys; sys.modules[{package!r}] = None\nfrom quotes.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "extract", str(page)], capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert package in line
    assert line.endswith("install it with pip, or reinstall quotes")
    assert "page.html" not in line


def test_a_reader_that_has_enough_is_no_error(stocked_file: Path) -> None:
    status, told = _to_nobody(stocked_file, "export", "quotations")
    assert status == 1
    assert told.replace("6 rows written to standard output\n", "") == ""


def test_a_figure_is_written_even_if_nobody_reads_the_table(
    stocked_file: Path, tmp_path: Path
) -> None:
    figure = tmp_path / "speakers.svg"
    _to_nobody(stocked_file, "stats", "--plot", figure)
    assert "Bruno Quill" in figure.read_text(encoding="utf-8")


def _to_nobody(database: Path, *arguments: object) -> tuple[int, str]:
    """Run the program with an output that nobody reads; return its status and what it told."""
    process = subprocess.Popen(
        [QUOTES, "--db", str(database), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    with process.stderr:
        told = process.stderr.read()
    return process.wait(), told


def test_on_a_terminal_the_words_found_stand_out(stocked_file: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [QUOTES, "--db", str(stocked_file), "search", "bridge"],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "120"},
        encoding="utf-8",
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "\x1b[33m\x1b[1mbridge\x1b[0m stays open" in shown


def test_pipes_get_utf_8_whatever_the_locale(stocked_file: Path) -> None:
    odd = {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = run_process(stocked_file, "export", "quotations", **odd)
    assert "“The old bridge stays open all winter,”" in done.out


@pytest.mark.parametrize(
    "command",
    [("search", "bridge"), ("export", "quotations"), ("sql", "SELECT 1"), ("speakers", "export")],
)
def test_a_full_disk_behind_the_output_is_one_line(
    stocked_file: Path, command: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [QUOTES, "--db", str(stocked_file), *command, "--quiet"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert done.stderr == "Error: the output cannot be written: No space left on device\n"
    assert done.returncode == 1


@pytest.mark.parametrize("command", [("export", "quotations"), ("speakers", "export")])
@pytest.mark.parametrize("target", ["/sys/quotes.csv", "/dev/full"])
def test_a_file_that_cannot_be_written_is_one_line(
    stocked_file: Path, command: tuple[str, ...], target: str
) -> None:
    """No system lets files be made in /sys; many have it read-only."""
    done = run_process(stocked_file, *command, "--format", "csv", "-o", target)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"Error: {target}: cannot be written: ")
    assert done.err.count("\n") == 1


def test_json_has_no_number_for_what_is_none(stocked_file: Path) -> None:
    done = run(stocked_file, "sql", "SELECT 9e999 AS a, -9e999 AS b, 1.5 AS c", "--format", "json")

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    assert json.loads(done.out, parse_constant=refuse) == [
        {"a": "Infinity", "b": "-Infinity", "c": 1.5}
    ]


MANY = "1" * 4_000


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "--since", MANY),
        ("search", "--since", f"{MANY}-01-01"),
        ("ingest", "a.txt", "--published", MANY),
        ("show", MANY),
        ("show", "9" * 30),
        ("judge", "undo", "9" * 30),
        ("judge", "attribution", "9" * 30, "quill"),
        ("judge", "same", "r" + "9" * 30, "2"),
        ("review", "--below", MANY),
        ("--db", "postgresql://ann:hunter2@x@localhost:1/db", "search"),
    ],
    ids=lambda arguments: " ".join(arguments)[:30],
)
def test_numbers_and_addresses_out_of_all_bounds(
    stocked_file: Path, arguments: tuple[str, ...]
) -> None:
    done = run(stocked_file, *arguments)
    assert done.status in (1, 2)
    assert done.out == ""
    assert "hunter2" not in done.err
    assert done.err.strip()
