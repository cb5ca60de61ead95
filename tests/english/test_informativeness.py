from __future__ import annotations

from quotes.english.informativeness import _BITS, FUNCTION_BITS, RARE_BITS, word_bits
from quotes.normaliser.fold import fold


def test_the_table_is_written_as_fold_writes() -> None:
    assert {word for word in _BITS if fold(word) != word} == set()


def test_the_rarer_the_more_telling() -> None:
    ladder = [word_bits(word) for word in ("the", "people", "evidence", "dangerous", "lighthouse")]
    assert ladder == sorted(set(ladder))
    assert ladder[0] == FUNCTION_BITS
    assert ladder[-1] == RARE_BITS
    assert word_bits("3") < word_bits("30000")
