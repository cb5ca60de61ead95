"""A name that several bear: asked about on a terminal, refused elsewhere."""

from __future__ import annotations

import os
import pty
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.program import QUOTES, Quotes


def on_terminal(database: Path, *arguments: str, answer: bytes) -> tuple[int, str, str]:
    """Run the program on a terminal; return its status, what it printed and what it asked."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        [QUOTES, *arguments],
        stdin=side, stdout=subprocess.PIPE, stderr=side, env=os.environ | {"QUOTES_DB": database},
    )  # fmt: skip
    asked = b""
    while b"which one" not in asked:
        asked += os.read(main, 4096)
    while process.poll() is None:  # what is typed before the program listens may be thrown away
        os.write(main, answer)
        time.sleep(0.1)
    out, _ = process.communicate()
    os.close(side)
    os.close(main)
    return process.returncode, out.decode(), asked.decode()


@pytest.mark.parametrize(("answer", "name"), [(b"1\n", "Ada Quill"), (b"7\n2\n", "Bruno Quill")])
def test_a_number_chooses(stocked_file: Path, answer: bytes, name: str) -> None:
    status, out, asked = on_terminal(stocked_file, "speakers", "show", "quill", answer=answer)
    assert (status, out.splitlines()[0]) == (0, f"{name} ({name.lower().replace(' ', '-')})")
    assert "1 Ada Quill (ada-quill), 2 quotes" in asked
    assert "2 Bruno Quill (bruno-quill), 1 quote\r" in asked


def test_search_asks_too(stocked_file: Path) -> None:
    status, out, _ = on_terminal(
        stocked_file, "search", "--speaker", "quill", "--format", "csv", answer=b"2\n"
    )
    assert (status, out.count("Bruno Quill"), out.count("Ada Quill")) == (0, 1, 0)


def test_the_end_of_the_input_chooses_nobody(stocked_file: Path) -> None:
    status, out, _ = on_terminal(stocked_file, "search", "--speaker", "quill", answer=b"\x04")
    assert (status, out) == (130, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "--speaker", "quill"),
        ("export", "quotes", "--speaker", "quill"),
        ("speakers", "show", "quill"),
        ("speakers", "merge", "quill", "ada-quill"),
        ("speakers", "rename", "quill", "Ada Q."),
        ("judge", "attribution", "n1", "quill"),
    ],
)
def test_elsewhere_the_candidates_are_listed(stocked: Quotes, arguments: tuple[str, ...]) -> None:
    done = stocked(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "may be ada-quill (2 quotes), bruno-quill (1 quote): give the one" in done.err


def test_what_a_judgement_took_a_name_to_mean_is_told(stocked: Quotes) -> None:
    done = stocked("judge", "attribution", "n1", "BRUNO quill")
    assert (done.status, "'BRUNO quill' is Bruno Quill (bruno-quill)" in done.err) == (0, True)
