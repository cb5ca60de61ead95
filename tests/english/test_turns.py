"""Transcripts in the layouts that broadcasters, courts and programs write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.english.turns import find_turns, is_transcript, part_of

Turns = list[tuple[str | None, list[str]]]

TRANSCRIPTS: dict[str, tuple[str, Turns]] = {
    "names": (
        "ANN ROE: We will rebuild it.\nBO LIND: No.\nANN ROE: Yes.\n\nIn April.\n"
        "BO LIND: Look: no.\n",
        [
            ("ANN ROE", ["We will rebuild it."]),
            ("BO LIND", ["No."]),
            ("ANN ROE", ["Yes.", "In April."]),
            ("BO LIND", ["Look: no."]),
        ],
    ),
    "broadcast": (
        "Aired May 1\n\nANN ROE, TV HOST: Good evening.\n\n(BEGIN VIDEO CLIP)\n\n>> Boo.\n\n"
        "SEN. BO LIND (D-OH): Thanks.\n\nROE: So?\n\n[LAUGHTER]\n\nLIND: Well.\n\nEND\n",
        [
            ("ANN ROE", ["Good evening."]),
            (None, ["Boo."]),
            ("SEN. BO LIND", ["Thanks."]),
            ("ROE", ["So?"]),
            ("LIND", ["Well."]),
        ],
    ),
    "court": (
        "BY MR. ROE:\n\nQ. Where do you live?\nA. In Vell. It\nis nice.\nQ. Since when?\nA. May.\n",
        [
            ("Q", ["Where do you live?"]),
            ("A", ["In Vell. It", "is nice."]),
            ("Q", ["Since when?"]),
            ("A", ["May."]),
        ],
    ),
    "timed": (
        "Ann Roe  0:03\nWe will.\n\nBo Lind   0:10\nNo: never.\n\nAnn Roe  1:00:13\nYes.\n\n"
        "Bo Lind  1:02:00\nOK.\n",
        [
            ("Ann Roe", ["We will."]),
            ("Bo Lind", ["No: never."]),
            ("Ann Roe", ["Yes."]),
            ("Bo Lind", ["OK."]),
        ],
    ),
    "stamped": (
        "[00:00:01] Ann Roe: We will.\n[00:00:04] Bo Lind (mayor): No.\n00:09 - Ann Roe: Yes.\n"
        "(00:12) Bo Lind: OK.\n",
        [
            ("Ann Roe", ["We will."]),
            ("Bo Lind", ["No."]),
            ("Ann Roe", ["Yes."]),
            ("Bo Lind", ["OK."]),
        ],
    ),
}


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_turns_are_whose_words(name: str) -> None:
    text, expected = TRANSCRIPTS[name]
    turns = find_turns(text)
    found = [
        (turn.label and turn.label.text, [text[start:end] for start, end in turn.paragraphs])
        for turn in turns
    ]
    assert found[-len(expected) :] == expected
    assert is_transcript(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Name: Ann Roe\nAge: 40\nTown: Vell\nJob: mayor\nParty: none\nHobby: ferries\n",
        "Mayor Ann Roe spoke.\n\n“We will,” she said: “now.”\n\nBo Lind: “No.”\n\nRoe: “Yes.”\n",
        "ANN ROE: We will.\nANN ROE: We will.\nANN ROE: We will.\nANN ROE: We will.\n",
        "A long introduction. " * 50 + "\nQ. One?\nA. Yes.\nQ. Two?\nA. No.\n",
        "ROE: “We will.”\n\nLIND: “No.”\n\nROE: “Yes, in May.”\n\nLIND: “Never,” he said.\n",
        "- Roe: “We will.”\n- Lind: “No.”\n- Roe again: “Yes.”\n- Lind: “Well.”\n- Roe: “Now.”\n",
        "Ingredients: two eggs\nMethod: boil them\nTime: 10:00\nNote: serve hot\n",
    ],
)
def test_other_texts_are_not_transcripts(text: str) -> None:
    assert not is_transcript(text)


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("Q", "question"),
        ("Q12", "question"),
        ("REPORTER", "question"),
        ("MALE REPORTER", "question"),
        ("A", "answer"),
        ("SPEAKER 2", "nobody"),
        ("UNIDENTIFIED MALE", "nobody"),
        ("ANN ROE", None),
        ("MAYOR", None),
        ("Roe", None),
    ],
)
def test_parts_in_the_talk(label: str, part: str | None) -> None:
    assert part_of(label) == part


@given(st.text(st.sampled_from("AB ab:.>-()[]0123456789\n\r“”Q")))
def test_any_text(text: str) -> None:
    for turn in find_turns(text):
        for start, end in turn.paragraphs:
            assert text[start:end].strip() == text[start:end] != ""
        if turn.label:
            assert text[turn.label.start : turn.label.end] == turn.label.text
            assert turn.label.end <= turn.paragraphs[0][0]
