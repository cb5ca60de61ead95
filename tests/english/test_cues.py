"""The cue lexicon: inflection, phrasal verbs, and what a malformed file does."""

from __future__ import annotations

import pytest

from quotes.english.cues import inflect, load_lexicon


@pytest.mark.parametrize(
    ("lemma", "third", "past", "participle"),
    [
        ("add", "adds", "added", "adding"),
        ("declare", "declares", "declared", "declaring"),
        ("reply", "replies", "replied", "replying"),
        ("say", "says", "sayed", "saying"),  # the regular forms; the file lists "said"
        ("quip", "quips", "quipped", "quipping"),
        ("decree", "decrees", "decreed", "decreeing"),
        ("preach", "preaches", "preached", "preaching"),
        ("repeat", "repeats", "repeated", "repeating"),
        ("dub", "dubs", "dubbed", "dubbing"),
        ("shout", "shouts", "shouted", "shouting"),
    ],
)
def test_regular_forms(lemma: str, third: str, past: str, participle: str) -> None:
    assert inflect(lemma) == {
        lemma: "base",
        third: "third",
        past: "past",
        participle: "participle",
    }


def test_irregular_forms_come_from_the_file() -> None:
    lexicon = load_lexicon()
    said = lexicon.verb("said", "")
    assert said is not None
    assert (said.lemma, said.form) == ("say", "past")
    assert lexicon.verb("sayed", "") is None


def test_a_phrasal_verb_needs_its_particle() -> None:
    lexicon = load_lexicon()
    out = lexicon.verb("pointed", "out")
    assert out is not None
    assert out.lemma == "point out"
    assert lexicon.verb("pointed", "at") is None


def test_an_ordinary_verb_is_no_cue() -> None:
    assert load_lexicon().verb("walked", "") is None
