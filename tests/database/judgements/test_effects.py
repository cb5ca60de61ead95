from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements.effects import Concern, Effect, compare, look
from quotes.database.judgements.judge import Judge
from tests.factories import article, says
from tests.stored import add

LEASE = "We will not sell the lease of the harbour to any company of this world."
BRIDGE = "The old bridge stays open all winter."


@pytest.fixture
def judge(session: Session) -> Judge:
    """Ann, before a town with two statements in one paper."""
    add(session, [article(says("Ada Quill", LEASE), says("Bruno Quill", BRIDGE), outlet="Post")])
    return Judge(session, "Ann")


def test_states_differ_by_property() -> None:
    before = {"n1": ("n1 “a”", {"speaker": "Ann", "kind": "direct"})}
    after = {"n1": ("n1 “a”", {"speaker": "Bo", "kind": "direct"})}
    assert compare(before, after) == [Effect("n1 “a”", "speaker", "Ann", "Bo")]
    assert compare(after, after) == []
    assert compare(before, {}) == [
        Effect("n1 “a”", "speaker", "Ann", None),
        Effect("n1 “a”", "kind", "direct", None),
    ]


def test_an_effect_names_words_outlet_old_and_new(judge: Judge) -> None:
    judge.attribution(2, "ada-quill")
    assert [str(effect) for effect in judge.effects] == [
        f"n2 “{BRIDGE}” (Post, a1): speaker Bruno Quill (bruno-quill) → Ada Quill (ada-quill)"
    ]
    judge.undo(1)
    assert judge.effects[0].before == "Ada Quill (ada-quill)"
    judge.attribution(1, None)
    assert str(judge.effects[0]).endswith("(Post, a1): speaker Ada Quill (ada-quill) → nobody")
    assert "“We will not sell the lease of the harbour to any company of…”" in (
        judge.effects[0].about
    )


def test_what_is_said_of_speakers_is_told(judge: Judge) -> None:
    judge.confirm("bruno-quill")
    assert str(judge.effects[0]) == "bruno-quill: standing provisional → known"
    judge.alias("bruno-quill", "The Ferryman")
    assert judge.effects[0].what == "spellings"
    judge.merge("bruno-quill", "ada-quill")
    assert [effect.what for effect in judge.effects] == ["speaker"]
    judge.attribution(1, "ada-quill")
    assert judge.effects == []


def test_only_what_is_concerned_is_looked_at(session: Session, judge: Judge) -> None:
    with session.begin():
        assert look(session, Concern()) == {}
        state = look(session, Concern(quotations={1}, renderings={2}, articles={1}))
    assert sorted(state) == ["a1", "n1", "r2"]
    assert state["r2"][1]["quote"].endswith(f"“{BRIDGE}”")
