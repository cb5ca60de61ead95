"""Windows of word pieces: what the encoder reads around a quotation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.english.windows import BEFORE, BEHIND, HEAD, TAIL, Pieces
from quotes.english.wordpieces import WordPieces
from quotes.resources import folder

PIECES = (folder("seeds") / "encoder" / "pieces.txt").read_text(encoding="utf-8").split("\n")
VOCABULARY = WordPieces(PIECES)
LONG = "“" + " ".join(["We will go there again"] * 12) + "”"
TEXT = f"Ann Roe, the mayor, spoke.\n{LONG} she said. “No,” Bo Lind answered."


def found(text: str, word: str) -> tuple[int, int]:
    start = text.index(word)
    return start, start + len(word)


def pieces_of(text: str, *quotations: str) -> Pieces:
    return Pieces(text, [found(text, one) for one in quotations], VOCABULARY)


def words(pieces: Pieces, start: int, stop: int) -> list[str]:
    window = pieces.window((0, len(pieces)))
    return [PIECES[i] for i in window.ids[1:-1]][start:stop]


def test_the_middle_of_a_long_quotation_is_left_out() -> None:
    pieces = pieces_of(TEXT, LONG, "“No,”")
    first, stop = pieces.quoted[0]
    assert stop - first == HEAD + TAIL + 1
    kept = words(pieces, first, stop)
    assert kept[:3] == ["“", "we", "will"]
    assert kept[HEAD] == "[unused1]"
    assert kept[-1] == "”"


def test_a_border_of_paragraphs_is_seen() -> None:
    pieces = pieces_of(TEXT, LONG, "“No,”")
    first, _ = pieces.quoted[0]
    assert words(pieces, first - 2, first) == [".", "[unused0]"]


@pytest.mark.parametrize("word", ["Ann Roe", "she", "Bo Lind", "answered"])
def test_words_are_found_again_in_the_window(word: str) -> None:
    pieces = pieces_of(TEXT, LONG, "“No,”")
    window = pieces.window(pieces.quoted[1])
    where = window.positions(pieces.range(*found(TEXT, word)))
    tokens = [PIECES[window.ids[k]] for k in where]
    assert "".join(tokens).replace("##", "") == word.lower().replace(" ", "")


def test_what_is_far_away_is_outside() -> None:
    text = "Ann Roe left. " + "Nobody came. " * 100 + "“No,” said Bo Lind. " + "It rained. " * 100
    pieces = pieces_of(text, "“No,”")
    window = pieces.window(pieces.quoted[0])
    assert not window.positions(pieces.range(*found(text, "Ann Roe")))
    assert window.positions(pieces.range(*found(text, "Bo Lind")))
    first, stop = pieces.quoted[0]
    assert len(window.ids) == BEFORE + BEHIND + stop - first + 2


def test_an_empty_text_has_no_pieces() -> None:
    assert len(Pieces("", [], VOCABULARY)) == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Ann", "“", "”", ".", "\n", "going", "é", "\ud800", "\u200b"]), max_size=60
    )
)
def test_windows_of_any_text_hold_their_quotations(parts: list[str]) -> None:
    text = " ".join(parts)
    middle = len(text) // 2
    quotations = [(0, middle), (middle, len(text))] if middle else []
    pieces = Pieces(text, quotations, VOCABULARY)
    for one in pieces.quoted:
        window = pieces.window(one)
        assert len(window.positions(one)) == one[1] - one[0]
        assert len(window.ids) <= BEFORE + BEHIND + len(pieces) + 2
        assert set(window.ids) <= set(range(len(PIECES)))
