from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from quotes import extract
from tests.cli.program import Quotes, start

FIELDS = [
    "article",
    "start",
    "end",
    "text",
    "kind",
    "kind_confidence",
    "speaker",
    "speaker_slug",
    "speaker_type",
    "mention",
    "cue",
    "rule",
    "confidence",
    "evidence",
]


def test_one_object_a_quotation_with_exact_offsets(articles: Path, quotes: Quotes) -> None:
    path = articles / "post.txt"
    body = path.read_text(encoding="utf-8")
    done = quotes("extract", path, "--format", "jsonl")
    assert (done.status, done.err) == (0, "")
    first, second = done.rows
    assert list(first) == FIELDS
    for row in done.rows:
        assert row["article"] == str(path)
        for span in (row, row["mention"], row["cue"], *row["evidence"]):
            assert body[span["start"] : span["end"]] == span["text"]
        assert row["kind"] == "direct"
        assert 0 < row["confidence"] <= 1
    assert (first["speaker"], first["speaker_slug"]) == ("Ada Quill", "ada-quill")
    assert (second["speaker"], second["speaker_type"]) == ("Bruno Quill", "person")
    assert (first["mention"]["text"], first["cue"]["text"]) == ("Ada Quill", "said")


def test_a_line_is_what_python_programs_get(articles: Path, quotes: Quotes) -> None:
    path = articles / "post.txt"
    found = extract(path.read_text(encoding="utf-8"), source=str(path))
    printed = quotes("extract", path, "--format", "jsonl").rows
    assert printed == [one.to_dict() for one in found]
    assert [list(row) for row in printed] == [FIELDS, FIELDS]


def test_titles_are_printed_on_request(articles: Path, quotes: Quotes) -> None:
    usual = quotes("extract", articles / "lantern.md", "--format", "jsonl").rows
    every = quotes("extract", articles / "lantern.md", "--format", "jsonl", "--all").rows
    assert [row["kind"] for row in usual] == ["direct", "direct"]
    assert every[:2] == usual
    assert (every[2]["kind"], every[2]["speaker"]) == ("none", None)
    assert every[2]["text"] == "“The Ferryman’s Almanac”"


def test_a_table_from_standard_input(quotes: Quotes, tmp_path: Path) -> None:
    done = quotes("extract", "-", stdin="“They sail at noon,” said Ada Quill.\n")
    header, row = done.out.splitlines()
    assert header.split() == ["article", "speaker", "why", "quotation"]
    assert row.startswith("-        Ada Quill")
    assert "speaker named right after the quotation (“said”): “Ada Quill”; 9" in row
    assert row.endswith("“They sail at noon,”")
    assert done.err == "1 quotation\n"
    assert not (tmp_path / "new.db").exists()


def test_a_date_decides_who_held_an_office(quotes: Quotes) -> None:
    text = "“We will sign it,” the US president said."
    names = [
        quotes("extract", "-", "--published", day, "--format", "jsonl", stdin=text).rows[0]
        for day in ("2023-08-15", "2025-08-15")
    ]
    assert [row["speaker"] for row in names] == ["Joe Biden", "Donald Trump"]


def test_the_rest_of_a_batch_goes_on(articles: Path, quotes: Quotes) -> None:
    done = quotes("extract", articles / "no.txt", articles / "post.txt", "--format", "jsonl")
    assert done.status == 1
    assert len(done.rows) == 2
    assert done.err.startswith("1 input failed:\n")
    assert "no.txt: no such file" in done.err


def test_coreference_weighs_a_pronoun_on_request(quotes: Quotes) -> None:
    text = "Paul Roth led the talks. He was tired. Anna Berg was not. “Enough,” he said.\n"
    evidence = {
        mode: quotes("extract", "-", "--format", "jsonl", "--coref", mode, stdin=text).rows[0]
        for mode in ("off", "always")
    }
    assert {row["speaker"] for row in evidence.values()} == {"Paul Roth"}
    roles = {mode: [piece["role"] for piece in row["evidence"]] for mode, row in evidence.items()}
    assert "coreference" not in roles["off"]
    assert "coreference" in roles["always"]


DOUBTFUL = (
    "Bo Lind, a skipper, agreed with the harbour master. It was “bound to happen,” and he would "
    "say so again, Cy Vell heard."
)


def test_the_fast_way_does_without_a_second_opinion(quotes: Quotes) -> None:
    usual, fast = (
        quotes("extract", "-", "--format", "jsonl", *flags, stdin=DOUBTFUL).rows[0]
        for flags in ((), ("--fast",))
    )
    assert usual["confidence"] != fast["confidence"]
    assert usual == extract(DOUBTFUL, source="-")[0].to_dict()
    assert fast == extract(DOUBTFUL, source="-", fast=True)[0].to_dict()


def test_the_second_opinion_does_not_depend_on_the_number_of_processes(
    quotes: Quotes, tmp_path: Path
) -> None:
    texts = [f"{name} left at noon. {DOUBTFUL}" for name in ("Ann Roe", "Di Vale", "Ed Marsh")]
    lines = "".join(json.dumps({"body": text}) + "\n" for text in texts)
    many = tmp_path / "many.jsonl"
    many.write_text(lines, encoding="utf-8")
    one, two = (quotes("extract", many, "--format", "jsonl", "--jobs", jobs) for jobs in ("1", "2"))
    assert len(one.rows) == 3
    assert one.out == two.out


@pytest.mark.parametrize("flags", [(), ("--fast",)])
def test_without_the_runtime_the_program_says_once_that_it_is_fast(flags: tuple[str, ...]) -> None:
    code = "import sys; sys.modules['onnxruntime'] = None\nfrom quotes.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "extract", "-", "--format", "jsonl", *flags],
        input=f"{DOUBTFUL}\n\n{DOUBTFUL}",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found == [
        one.to_dict() for one in extract(f"{DOUBTFUL}\n\n{DOUBTFUL}", source="-", fast=True)
    ]
    told = [line for line in done.stderr.splitlines() if "onnxruntime is not installed" in line]
    assert len(told) == (0 if flags else 1)


def test_another_mode_of_coreference_is_a_usage_error(quotes: Quotes) -> None:
    done = quotes("extract", "-", "--coref", "never", stdin="“No,” he said.")
    assert done.status == 2
    assert "'off', 'auto', 'always'" in done.err


def test_the_number_of_processes_changes_nothing(articles: Path, quotes: Quotes) -> None:
    alone = quotes("extract", articles, "--format", "jsonl")
    shared = quotes("extract", articles, "--format", "jsonl", "--jobs", "3")
    assert (shared.status, shared.out, shared.err) == (alone.status, alone.out, alone.err)
    assert alone.rows


def test_no_process_is_no_number_of_processes(articles: Path, quotes: Quotes) -> None:
    done = quotes("extract", articles, "--jobs", "0")
    assert done.status == 2
    assert "--jobs" in done.err


@pytest.mark.parametrize("lines", [1, 60, 250])
def test_an_interrupt_ends_a_run_of_several_processes_at_once(tmp_path: Path, lines: int) -> None:
    for number in range(800):  # more than a pipe holds: the program waits for its reader
        text = f"“The ferry {number} sails on Sunday,” said Ada Quill, the mayor of Vell.\n"
        (tmp_path / f"ferry-{number}.txt").write_text(text, encoding="utf-8")
    process = start("no.db", "extract", tmp_path, "--format", "jsonl", "--jobs", 2)
    assert process.stdout is not None
    for _ in range(lines):
        assert process.stdout.readline().startswith("{")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err
