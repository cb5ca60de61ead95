from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluation.mistakes import AROUND, Mistake, passage, worst_first


def mistake(start: int, end: int, found: str | None = "Bruno", sure: float | None = 0.5) -> Mistake:
    return Mistake("one", start, end, "“label”", "Ada", found, "rule", sure)


def test_the_most_confident_wrong_answer_is_the_worst() -> None:
    unfound, silent = mistake(0, 1, None, None), mistake(1, 2, None, 0.9)
    sure, unsure = mistake(3, 4, sure=0.9), mistake(2, 3, sure=0.1)
    assert worst_first([unfound, unsure, silent, sure]) == (sure, unsure, silent, unfound)


def test_a_passage_is_cut_between_words() -> None:
    body = "Long ago. " * 40 + "Ada said “we stay” and left." + " And so on." * 40
    start = body.index("“")
    around = passage(mistake(start, start + len("“we stay”")), body)
    assert around.quotation == "“we stay”"
    assert around.before.startswith("…")
    assert around.before.endswith("Long ago. Ada said ")
    assert around.after.startswith(" and left. And so on.")
    assert around.after.endswith("And so on. And…")


def test_a_passage_without_the_article_is_that_of_the_label() -> None:
    around = passage(mistake(5, 9), None)
    assert (around.before, around.quotation, around.after) == ("", "“label”", "")


@given(st.text("ab “”\n", max_size=600), st.integers(0, 700), st.integers(0, 50))
def test_a_passage_is_a_stretch_of_the_article(body: str, start: int, length: int) -> None:
    around = passage(mistake(start, start + length), body)
    assert around.quotation == body[start : start + length]
    assert around.before.removeprefix("…") in body
    assert around.after.removesuffix("…") in body
    assert max(len(around.before), len(around.after)) <= AROUND + 1
