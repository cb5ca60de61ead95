"""The second opinion: who is asked about, and what becomes of what it says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.attribution import Attributor
from quotes.attribution.decided import Decided
from quotes.attribution.opinions import UNSURE, mixed
from quotes.english.document import Document
from quotes.english.encoder import Encoder, load_encoder
from quotes.english.parser import load_model
from quotes.spans import find_quotations

MIXING = {"weight": 1.0, "calibration": [0.0, 1.0, 0.0, 0.0, 0.0]}
SURE = "“We cannot wait any longer,” said Ann Roe, who runs the ferries."
DOUBTFUL = (
    f"{SURE} The mayor, Cy Vell, did not answer questions.\n\n"
    "Bo Lind, a skipper, agreed with the harbour master. It was “bound to happen,” and he would "
    "say so again, Cy Vell heard."
)
shares = st.lists(st.floats(-20, 0), min_size=2, max_size=6)


class Counted:
    """The encoder, and how often it was wanted."""

    def __init__(self) -> None:
        self.wanted = 0

    def __call__(self) -> Encoder | None:
        self.wanted += 1
        return load_encoder()


def decided(text: str, load: Counted | None) -> dict[int, Decided]:
    attributor = Attributor(lambda: load_model(None), load_encoder=load)
    document = Document(text)
    return attributor.decide(document, find_quotations(document))


def test_nobody_is_asked_where_the_trees_are_sure() -> None:
    load = Counted()
    (found,) = decided(SURE, load).values()
    assert max(found.probabilities) >= UNSURE
    assert load.wanted == 0


def test_a_second_opinion_bears_on_what_is_unsure_alone() -> None:
    load = Counted()
    alone, asked = decided(DOUBTFUL, None), decided(DOUBTFUL, load)
    assert load.wanted == 1
    assert alone[0] == asked[0]
    assert max(alone[1].probabilities) < UNSURE
    assert alone[1].probabilities != asked[1].probabilities
    decision = asked[1].decision
    assert decision is not None
    assert decision[0].mention.text in ("he", "Bo Lind")


@pytest.mark.parametrize("dash", ["—", "―"])
def test_nobody_is_asked_where_the_page_is_set_so(dash: str) -> None:
    names = ("Ann Roe", "Bo Lind", "Cy Vell", "Di Marsh")
    text = "\n\n".join(f"“The lock of {name[:2]} has to close.” {dash} {name}" for name in names)
    load = Counted()
    found = decided(text, load)
    assert load.wanted == 0
    said = [one.decision[0].mention.text for one in found.values() if one.decision]
    assert said == list(names)


def test_the_encoder_outvotes_trees_that_do_not_care() -> None:
    trees, encoder = np.array([0.1, 0.0]), np.log([0.1, 0.9])
    low, high = mixed(trees, encoder, MIXING)
    assert high > 0.5 > low
    assert mixed(trees, encoder, MIXING | {"weight": 0.0})[0] > 0.5


def test_a_constant_among_the_scores_of_the_trees_changes_no_order() -> None:
    trees, encoder = np.array([0.3, 1.0, -2.0]), np.log([0.5, 0.3, 0.2])
    assert (
        np.argsort(mixed(trees, encoder, MIXING)).tolist()
        == np.argsort(mixed(trees + 5, encoder, MIXING)).tolist()
    )


@given(shares.flatmap(lambda t: st.tuples(st.just(t), st.lists(
    st.floats(-20, 0), min_size=len(t), max_size=len(t)))))  # fmt: skip
def test_probabilities_are_probabilities(scores: tuple[list[float], list[float]]) -> None:
    found = mixed(np.array(scores[0]), np.array(scores[1]), MIXING)
    assert all(0 <= share <= 1 for share in found)
    assert sum(found) <= 1 + 1e-9


@pytest.mark.parametrize("text", [SURE, DOUBTFUL])
def test_the_same_text_has_the_same_answer(text: str) -> None:
    assert decided(text, Counted()) == decided(text, Counted())
