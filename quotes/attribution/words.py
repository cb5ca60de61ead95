"""What a word of a passage does in its phrase, told by closed word classes alone."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from quotes.attribution.view import Item
from quotes.english.lexicon import (
    ATTACHING,
    AUXILIARIES,
    CONJUNCTIONS,
    COPULAS,
    DETERMINERS,
    DISCOURSE,
    FUNCTIONS,
    IRREGULAR_PAST,
    NAMES_LIKE_ADVERBS,
    PERSONAL,
    PLURAL_PEOPLE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUN_NAMES,
    RELATIVE_TIMES,
    RELATIVES,
    SUBORDINATORS,
    TEXTS,
    TIME_WORDS,
    VAGUE_NUMBER,
    is_adverb,
    tagged,
)
from quotes.english.nouns import are_persons

_AGENT = re.compile(r"(?:[mw][ae]n|(?:er|or|ist|ian|ent|ant)s?)\Z")
"""How nouns for people end."""
_SAME_PAST = frozenset(("set", "put", "cut", "let", "hit", "shut", "read", "cast"))
"""Verbs whose past tense is the verb itself."""
_ADVERBIAL = frozenset(("up", "out", "off", "back"))
_PARTICLES = PREPOSITIONS | _ADVERBIAL
_DETERMINING = DETERMINERS | POSSESSIVES
_OPENS_OBJECT = _DETERMINING | {"that", "it", "him", "them"}
_HAS_OBJECT = _DETERMINING | _ADVERBIAL
_TAKEN = _DETERMINING | _PARTICLES
"""What stands behind a verb: the beginning of its object, or its particle."""
_NO_VERBS = PREPOSITIONS | CONJUNCTIONS | RELATIVES | SUBORDINATORS
_HEADS = FUNCTIONS | PLURAL_PEOPLE | tagged("familiar")
"""What a preposition ties its phrase to ("a spokesman for", "a person familiar with")."""


STOP = (
    AUXILIARIES | SUBORDINATORS | COPULAS | frozenset(("either", "neither", "not", "there", "here"))
)


class Words:
    """The words of a passage, and what each does among its neighbours.

    ``verbs`` holds the finite cue verb forms, which a phrase never runs across.
    """

    def __init__(self, items: Sequence[Item], verbs: Container[str]) -> None:
        self.items = items
        self.verbs = verbs

    def is_surname_first(self, i: int) -> bool:
        """Tell whether a word that looks like a pronoun is a name: "He Jianming said"."""
        following = self.items[i + 1] if i + 1 < len(self.items) else None
        return (
            self.items[i].low in PRONOUN_NAMES
            and self.items[i].is_capital
            and following is not None
            and following.is_capital
            and following.is_word
        )

    def attaches(self, preposition: int, floor: int) -> bool:
        """Tell whether a preposition ties its phrase to a noun before it, not to a verb."""
        if self.items[preposition].low not in ATTACHING or preposition - 1 < floor:
            return False
        before = self.items[preposition - 1]
        if not before.is_word or before.low in STOP or before.low in TIME_WORDS:
            return False
        if self.items[preposition].low == "of":
            return True
        if self.items[preposition].low == "from" and before.low.removesuffix("s") in TEXTS:
            return True  # "reports from a meeting"
        return before.low in _HEADS or bool(_AGENT.search(before.low))

    def vague(self, i: int) -> int:
        """Return how many words from here make a number vague: "about" forty, "at least" two."""
        found = VAGUE_NUMBER.match(" ".join(item.low for item in self.items[i : i + 5]))
        return found.group().count(" ") if found else 0

    def joins_names(self, conjunction: int, floor: int) -> bool:
        """Tell whether a conjunction stands between two capitalised words: "Roe and Lind"."""
        return (
            conjunction - 1 >= floor
            and self.items[conjunction - 1].is_capital
            and self.items[conjunction + 1].is_capital
        )

    def is_time(self, i: int, ceiling: int) -> bool:
        """Tell whether a word is a date or time of day, not part of a name (the Evening Star)."""
        if self.items[i].low not in TIME_WORDS:
            return False
        following = self.items[i + 1] if i + 1 < ceiling else None
        if following is None or following.low in TIME_WORDS:
            return True
        named = self.items[i].is_capital and following.is_capital
        determined = i > 0 and self.items[i - 1].low in DETERMINERS  # "a March meeting"
        return not (named or (determined and following.is_word))

    def is_verb(self, i: int) -> bool:
        """Tell whether a lower-case word is a finite verb: a cue, or -ed after a name."""
        item = self.items[i]
        if item.is_capital:
            return False
        before = self.items[i - 1].low if i else ""
        if before in DETERMINERS or before in POSSESSIVES or before.endswith(("’s", "'s")):
            return False
        if item.low in self.verbs or item.low in IRREGULAR_PAST:
            return True
        if item.low.endswith("ed") and before and self._has_object(i):
            return True
        if before and are_persons(before) and self._takes_object(i):
            return True
        named = i > 0 and (self.items[i - 1].is_capital or before in PERSONAL)
        return named and (item.low.endswith("ed") or self.is_present(i))

    def _following(self, i: int) -> Item | None:
        return self.items[i + 1] if i + 1 < len(self.items) else None

    def _takes_object(self, i: int) -> bool:
        """Tell whether an object stands behind a word in no plural: "critics see “…”"."""
        item, following = self.items[i], self._following(i)
        if following is None or not item.is_word or item.low in _NO_VERBS or item.low[-1] == "s":
            return False
        return following.quotation is not None or following.low in _OPENS_OBJECT

    def _has_object(self, i: int) -> bool:
        """Tell whether no participle stands here: "fans unfurled a banner", "voters walked out"."""
        following = self._following(i)
        return following is not None and following.low in _HAS_OBJECT

    def is_present(self, i: int) -> bool:
        """Tell whether a word has an object or particle: "Roe picks up the story", "Roe set it"."""
        following = self._following(i)
        if following is None or (following.quotation is None and following.low not in _TAKEN):
            return False
        word = self.items[i].low
        noun = word in PLURAL_PEOPLE or word[:-1] in _HEADS or word[:-1] in TEXTS
        return not noun and (word.endswith("s") or word in _SAME_PAST)

    def is_participle(self, i: int, ceiling: int) -> bool:
        """Tell whether a sentence begins with a participle and its object: "Holding signs, …"."""
        after = self.items[i + 1] if i + 1 < ceiling else None
        return (
            self.items[i].low.endswith("ing")
            and after is not None
            and after.is_word
            and not (after.low in AUXILIARIES or after.low in self.verbs or after.is_capital)
        )

    def is_circumstance(self, first: int, stop: int) -> bool:
        """Tell whether a phrase says when or how, not who: "Several hours earlier", "Then"."""
        word = self.items[stop - 1].low
        if stop - first > 1:
            return word in RELATIVE_TIMES
        return word in DISCOURSE or (is_adverb(word) and word not in NAMES_LIKE_ADVERBS)
