"""A quotation with the words around it, as far as a small window of its own paragraph goes.

Windows keep the cost of a decision independent of the paragraph's length, and no other paragraph
can change the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from quotes.english.lexicon import MINOR
from quotes.english.zones import Zone

LEFT_WINDOW = 200
RIGHT_WINDOW = 120
INNER_WINDOW = 400

_WORD = re.compile(r"[^\W_]+(?:[.’'&-][^\W_]+)*")
_SENTENCE_BORDER = re.compile(
    r"(?<!\b[A-Z])(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)"
    r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[A-Z])"
)
_STOPS = frozenset(".!?…")


@dataclass(frozen=True)
class Context:
    """A quotation in its paragraph: offsets into ``body``, marks inside ``start``/``end``.

    ``opened``/``closed``: whether it has that mark; ``continued``: whether it is part of speech
    that runs over several paragraphs. ``zone`` is the sort of its paragraph.
    """

    body: str
    start: int
    end: int
    inner_start: int
    inner_end: int
    paragraph_start: int
    paragraph_end: int
    opened: bool = True
    closed: bool = True
    continued: bool = False
    zone: Zone = "text"

    @property
    def mark_lost(self) -> bool:
        """Whether a mark is missing that custom does not leave out."""
        return not (self.opened and (self.closed or self.continued))

    @cached_property
    def inner(self) -> str:
        """The words between the marks, as far as the window goes."""
        return self.body[self.inner_start : min(self.inner_end, self.inner_start + INNER_WINDOW)]

    @cached_property
    def words(self) -> list[str]:
        """The words of ``inner``."""
        return _WORD.findall(self.inner)

    @cached_property
    def last(self) -> str:
        """The last character before the closing mark that is no white space ("" if none is)."""
        return self.body[max(self.inner_start, self.inner_end - 5) : self.inner_end].rstrip()[-1:]

    @cached_property
    def bare(self) -> bool:
        """Whether the words end without punctuation before the closing mark."""
        return self.last.isalnum() or self.last == ")"

    @cached_property
    def before(self) -> str:
        """The words of the same sentence before the quotation."""
        left = max(self.paragraph_start, self.start - LEFT_WINDOW)
        text = self.body[left : self.start]
        begin = 0
        for border in _SENTENCE_BORDER.finditer(text + "A"):  # the quotation opens a sentence
            begin = border.end()
        return text[begin:]

    @cached_property
    def after(self) -> str:
        """The words of the same sentence after the quotation."""
        text = self.body[self.end : min(self.paragraph_end, self.end + RIGHT_WINDOW)]
        if self.last in _STOPS and re.match(r"\s+[\"“‘'A-Z]", text):
            return ""
        border = _SENTENCE_BORDER.search(text)
        return text[: border.start() + 1] if border else text

    @cached_property
    def previous(self) -> str:
        """The word right before the quotation, in lower case ("" after a mark)."""
        match = re.search(r"([^\W_][\w’'.-]*)\s*\Z", self.before[-40:])
        return match[1].lower() if match else ""

    @cached_property
    def next(self) -> str:
        """The word right after the quotation ("" before a mark)."""
        match = re.match(r"\s*([^\W_][\w’'-]*)", self.after)
        return match[1] if match else ""

    @cached_property
    def first_in_sentence(self) -> bool:
        """Whether no word of the sentence stands before the quotation."""
        return not self.before.strip()

    @cached_property
    def title_case(self) -> bool:
        """Whether every word but the small ones has a capital or is a number."""
        return _capitals(self.words) == 1.0

    @cached_property
    def headline(self) -> bool:
        """Whether the quotation stands in a headline: capitals, or no full stop at the end."""
        left = max(self.paragraph_start, self.start - LEFT_WINDOW)
        right = min(self.paragraph_end, self.end + RIGHT_WINDOW)
        around = _WORD.findall(f"{self.body[left : self.start]} {self.body[self.end : right]}")
        if len(around) >= 3 and _capitals(around) > 0.9:
            return True
        return self.body[self.paragraph_end - 1] not in ".!?\"”’'…:)"


def _capitals(words: list[str]) -> float:
    """Return the share of words with a capital or number among all but the small ones."""
    large = [word for word in words if word not in MINOR]
    return sum(not word[0].islower() for word in large) / len(large) if large else 0.0
