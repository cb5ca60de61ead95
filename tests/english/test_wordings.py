from __future__ import annotations

from quotes.english.wordings import load_wordings
from quotes.normaliser.fold import fold


def test_spellings_end_where_they_lead() -> None:
    known = load_wordings()
    assert {new for new in known.spellings.values() if fold(new) != new} == set()
    assert known.spellings.keys().isdisjoint(known.spellings.values())


def test_what_weakens_does_not_strengthen() -> None:
    known = load_wordings()
    assert known.possible.isdisjoint(known.certain)
    assert known.manner.isdisjoint(known.negations)
    assert known.articles <= known.pointers


def test_a_word_is_in_one_band() -> None:
    bands = [words.split() for words in load_wordings().bands.values()]
    words = [word for band in bands for word in band]
    assert sorted(words) == sorted(set(words))
