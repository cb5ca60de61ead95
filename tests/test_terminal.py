"""What comes from files cannot steer a terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.export.writers import as_json
from quotes.terminal import STEERING, neutralised
from tests.cli.program import on_a_terminal, run

ATTACKS = {
    "clears the screen": "\x1b[2J\x1b[H",
    "renames the window": "\x1b]0;owned\x07",
    "clears it by one character": "\x9b2J",
    "overwrites the line": "\rAnn Roe\x08\x7f",
    "turns the direction": "\u202egnp.exe\u2066\u200f\u061c",
    "ends the line": "\u2028\u2029\x0b\x0c\x85",
}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m|\r\n")


def steers(text: str) -> list[str]:
    return STEERING.findall(_COLOUR.sub("", text))


@given(st.text())
def test_nothing_steers_after_it_is_neutralised(text: str) -> None:
    assert not steers(neutralised(text))


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Zl", "Zp", "Cs"))))
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutralised(text) == text


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_json_steers_nothing_and_says_the_same(text: str) -> None:
    written = as_json({"text": text})
    assert not STEERING.search(written)
    assert "\n" not in written
    assert json.loads(written) == {"text": text}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article full of attacks, and a database that holds it."""
    folder = tmp_path_factory.mktemp("hostile")
    attack = "".join(ATTACKS.values())
    row = {
        "id": f"id{attack}",
        "text": f"“The bridge {attack} stays open,” said Ann {attack} Roe.\n\n"
        f"Mayor Ann{ATTACKS['turns the direction']} Roe said: “We sail {attack} at noon.”",
        "title": f"Title {attack}",
        "outlet": f"Outlet {attack}",
        "url": f"https://x.example/{attack}",
        "published": "2025-03-01",
    }
    (folder / "articles.jsonl").write_text(json.dumps(row))
    (folder / f"bad{attack.replace('/', '')}.txt").write_bytes(b"")
    done = run(folder / "h.db", "ingest", folder / "articles.jsonl")
    assert done.status == 0, done.err
    return folder


COMMANDS = [
    ("extract", "FOLDER"),
    ("extract", "FOLDER", "--format", "jsonl"),
    ("ingest", "FOLDER"),
    ("search",),
    ("search", "--format", "csv"),
    ("search", "--format", "json"),
    ("search", "--speaker", f"nobody{ATTACKS['clears the screen']}"),
    ("show", "q1"),
    ("speakers", "list"),
    ("speakers", "export"),
    ("sql", "SELECT * FROM rendering_list"),
    ("sql", "SELECT * FROM quotation_list", "--format", "csv"),
    ("sql", f"SELECT 1 AS \"{ATTACKS['clears the screen']}\""),
    ("sql", f"SELECT {ATTACKS['clears the screen']}"),
    ("export", "quotations"),
    ("export", "renderings", "--format", "jsonl"),
    ("judge", "attribution", "n1", f"Bo{ATTACKS['clears the screen']}", "--why", "\x1b[2J"),
    ("judge", "log"),
    ("reprocess", "--dry-run"),
    ("--db", f"/tmp/no{ATTACKS['renames the window']}where/x.db", "search"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command)[:30])
def test_no_command_lets_a_file_steer(command: tuple[str, ...], hostile: Path) -> None:
    given = [str(hostile) if part == "FOLDER" else part for part in command]
    sent = on_a_terminal(hostile / "h.db", *given)
    if command[0] == "ingest":  # its bar moves the cursor itself, and prints no words of a file
        sent = re.sub(r"\x1b\[(\?25[lh]|2K|1A)|\r(?!\n)", "", sent)
    assert sent.strip()
    assert not steers(sent)
