"""Word pieces: the same as the tokenizers library makes of the same vocabulary."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import BertWordPieceTokenizer

from quotes.english.wordpieces import WordPieces
from quotes.resources import folder

VOCABULARY = (folder("seeds") / "encoder" / "pieces.txt").read_text(encoding="utf-8").split("\n")
OWN = WordPieces(VOCABULARY)
OTHER = BertWordPieceTokenizer({piece: number for number, piece in enumerate(VOCABULARY)})


def pieces(text: str) -> list[str]:
    return [VOCABULARY[number] for number in OWN.encode(text)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Roe said.", ["ann", "r", "##oe", "said", "."]),
        ("the harbourmaster", ["the", "harbour", "##master"]),
        ("“No,” Müller said", ["“", "no", ",", "”", "muller", "said"]),
        ("didn’t", ["didn", "’", "t"]),
        ("co\u00adoperate", ["cooperate"]),
        ("wait…what", ["wait", "…", "what"]),
        ("日本", ["[UNK]", "[UNK]"]),
        ("x" * 101, ["[UNK]"]),
        ("\ud800", []),
        ("", []),
    ],
)
def test_pieces_of_words_and_marks(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(st.one_of(st.sampled_from("ab AB'’“”.,-–…\n$€éßÅ1"), st.characters(codec="utf-8"))))
def test_the_same_as_the_tokenizers_library(text: str) -> None:
    # Latin letters and the marks of newspapers: white space that is a control character, and
    # characters of Unicode versions that only one of both knows, are read otherwise; so are the
    # library's special pieces, which to ours are a word between brackets.
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    text = "".join(c for c in text if ord(c) < 0x250 or 0x2010 <= ord(c) <= 0x2027 or c == "€")
    text = text.replace("[", "(")
    numbers, starts, ends = OWN.encode(text)
    other = OTHER.encode(text, add_special_tokens=False)
    assert numbers == other.ids
    assert list(zip(starts, ends, strict=True)) == other.offsets


@given(st.text())
def test_pieces_stand_in_the_order_of_any_text(text: str) -> None:
    _, starts, ends = OWN.encode(text)
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert starts == sorted(starts)
    assert not ends or ends[-1] <= len(text)
