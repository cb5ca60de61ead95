from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.normaliser.canonical import texts_of
from quotes.normaliser.difference import DiffOp, diff
from quotes.normaliser.fold import fold
from quotes.normaliser.model import Judgement, Rendering
from quotes.normaliser.normalise import normalise

FULL = "Our growers lost a third of the harvest and nobody has called"
TRIMMED = "a third of the harvest"


def test_each_wording_is_told_as_it_was_printed_first() -> None:
    long = "We will never sell the long-term lease of the harbour to anyone in this world"
    texts = (
        long,
        "we will NEVER sell the long-term lease",
        "We will never sell the long-term lease",
    )
    for order in ((0, 1, 2), (2, 1, 0)):
        renderings = {
            key: Rendering(key, "s", texts[at], date(2025, 1, 1 + at), "o", f"a{at}")
            for key, at in enumerate(order)
        }
        (cluster,) = normalise([*renderings.values()])
        assert sorted(texts_of(cluster, renderings).values()) == sorted(texts[:2])


def cluster_of(*texts: str) -> dict[int, str]:
    """Normalise texts printed by one outlet each; return the relation of each, by position."""
    renderings = [
        Rendering(at, "mayor", text, date(2024, 3, 1), f"outlet-{at}", f"article-{at}")
        for at, text in enumerate(texts)
    ]
    (cluster,) = normalise(renderings)
    return {member.key: member.relation for member in cluster.members}


def test_relations() -> None:
    relations = cluster_of(
        FULL,
        f"“{FULL.upper()},”",
        TRIMMED,
        "Our growers have lost a third of their harvest and nobody called",
        "Our growers lost half a third of the harvest and somebody has not called",
    )
    assert relations[2] == "trimmed"
    assert relations[3] == "reworded"
    assert sorted(relations[at] for at in (0, 1)) == ["canonical", "identical"]


def test_the_most_complete_wording_stands_for_all() -> None:
    assert cluster_of(TRIMMED, TRIMMED, TRIMMED, FULL)[3] == "canonical"


def test_among_complete_wordings_the_one_that_most_outlets_print_wins() -> None:
    heard = "Our growers lost a third of that harvest and nobody has called"
    assert cluster_of(FULL + " us", heard, heard)[1] == "canonical"


def test_the_wording_of_five_outlets_beats_a_longer_one_of_one() -> None:
    longer = f"{FULL} us since the storm took the roofs of the barns"
    relations = cluster_of(longer, *[FULL] * 5)
    assert relations[1] == "canonical"
    assert cluster_of(longer, *[FULL] * 2)[0] == "canonical"


def test_a_person_chooses_the_canonical_wording() -> None:
    texts = (FULL, FULL, TRIMMED, "Our growers have lost a third of their harvest")
    renderings = [
        Rendering(at, "mayor", text, None, f"outlet-{at}", f"article-{at}")
        for at, text in enumerate(texts)
    ]
    for chosen in range(4):
        first = Judgement((chosen + 1) % 4, (chosen + 1) % 4, "canonical", number=3)
        latest = Judgement(chosen, chosen, "canonical", number=7)
        (cluster,) = normalise(renderings, [latest, first])
        assert cluster.canonical == chosen
        relations = {member.key: member.relation for member in cluster.members}
        assert relations[chosen] == "canonical"
        assert list(relations.values()).count("canonical") == 1


def test_a_twisted_wording_is_never_canonical_by_length_alone() -> None:
    plain = "We will not sell the harbour to the shipping company"
    twisted = "We will sell the harbour to the shipping company, frankly, before Christmas"
    relations = cluster_of(twisted, plain, plain)
    assert relations[0] == "divergent"
    assert relations[1] == "canonical"


def test_of_two_that_contradict_the_surer_one_stands_for_both() -> None:
    plain = "We will not sell the harbour to the shipping company"
    twisted = "We will sell the harbour to the shipping company, frankly, before Christmas"
    for sure, canonical in ((0.7, 1), (0.95, 0)):
        given = [
            Rendering(0, "mayor", twisted, None, "one", "article-0", confidence=sure),
            Rendering(1, "mayor", plain, None, "two", "article-1", confidence=0.9),
        ]
        (cluster,) = normalise(given)
        assert cluster.canonical == canonical
        assert {member.relation for member in cluster.members} == {"canonical", "divergent"}


def test_what_is_translated_stands_for_its_quote_only_where_nothing_else_does() -> None:
    longer = f"{FULL} us since the storm took the roofs of the barns"
    texts = (longer, longer, FULL, TRIMMED)
    for marks, canonical in (
        (("translated", "translated", "original", None), 2),
        (("translated", "machine-translated", "machine-translated", "translated"), 0),
        (("machine-translated", None, "machine-translated", "translated"), 1),
        (("machine-translated", "transcript", "transcript", "translated"), 1),
        (("machine-translated", "translated", "translated", None), 3),
    ):
        given = [
            Rendering(at, "mayor", text, None, f"o{at}", f"a{at}", provenance=mark)
            for at, (text, mark) in enumerate(zip(texts, marks, strict=True))
        ]
        (cluster,) = normalise(given)
        assert cluster.canonical == canonical, marks
        (chosen,) = normalise(given, [Judgement(0, 0, "canonical", number=1)])
        assert chosen.canonical == 0


def test_a_translation_that_contradicts_the_original_is_flagged_not_followed() -> None:
    plain = "We will not sell the harbour to the shipping company"
    twisted = "We will sell the harbour to the shipping company, frankly, before Christmas"
    given = [
        Rendering(0, "mayor", plain, None, "one", "article-0"),
        *(
            Rendering(at, "mayor", twisted, None, f"o{at}", f"a{at}", provenance="translated")
            for at in (1, 2, 3)
        ),
    ]
    (cluster,) = normalise(given)
    assert cluster.canonical == 0
    assert [member.relation for member in cluster.members] == ["canonical", *["divergent"] * 3]


def test_the_canonical_text_was_printed_first() -> None:
    day = date(2024, 3, 9)
    renderings = [
        Rendering(at, "mayor", FULL, day - timedelta(days=at), "Herald", f"article-{at}")
        for at in range(4)
    ]
    (cluster,) = normalise(renderings)
    assert cluster.canonical == 3


@pytest.mark.parametrize(
    ("canonical", "variant", "ops"),
    [
        (
            "We will not sell it, ever.",
            "“We will sell that, ever",
            [
                DiffOp("equal", ("We", "will"), ("“We", "will")),
                DiffOp("delete", ("not",), ()),
                DiffOp("equal", ("sell",), ("sell",)),
                DiffOp("replace", ("it,",), ("that,",)),
                DiffOp("equal", ("ever.",), ("ever",)),
            ],
        ),
        (
            "They’re gone",
            "They are [the owners] gone",
            [
                DiffOp("replace", ("They’re",), ("They", "are", "[the owners]")),
                DiffOp("equal", ("gone",), ("gone",)),
            ],
        ),
        ("", "new words", [DiffOp("insert", (), ("new", "words"))]),
    ],
)
def test_diff(canonical: str, variant: str, ops: list[DiffOp]) -> None:
    assert list(diff(canonical, variant)) == ops


@given(st.text("abc ’“—.A", max_size=30), st.text("abc ’“—.A", max_size=30))
def test_a_diff_holds_every_printed_word_of_both_sides(left: str, right: str) -> None:
    ops = diff(left, right)
    for side, text in (("canonical", left), ("variant", right)):
        printed = "".join(word for op in ops for word in getattr(op, side))
        assert printed == "".join(text.split())
    for op in ops:
        if op.op == "equal":
            assert [fold(word) for word in op.canonical] == [fold(word) for word in op.variant]
