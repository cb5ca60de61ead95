"""Tell speech from titles, nicknames, scare quotes and words as words, by surface alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.records import Kind

WINDOW = 120  # characters on each side that a decision may look at


@dataclass(frozen=True, slots=True)
class Context:
    """A quotation in its paragraph: offsets into ``body``, marks inside ``start``/``end``."""

    body: str
    start: int
    end: int
    inner_start: int
    inner_end: int
    paragraph_start: int
    paragraph_end: int

    @property
    def before(self) -> str:
        """The words before the quotation in its paragraph, at most ``WINDOW`` characters."""
        return self.body[max(self.paragraph_start, self.start - WINDOW) : self.start]

    @property
    def after(self) -> str:
        """The words after the quotation in its paragraph, at most ``WINDOW`` characters."""
        return self.body[self.end : min(self.paragraph_end, self.end + WINDOW)]

    @property
    def inner(self) -> str:
        """The words between the marks."""
        return self.body[self.inner_start : self.inner_end]


def classify(context: Context, *, speech: bool = False) -> tuple[Kind, str]:
    """Return the kind of a quotation and the name of the rule that decided.

    ``speech``: the quotation is part of speech that runs over several paragraphs.
    """
    inner = context.inner
    if speech:
        return "direct", "continued-speech"
    if re.search(r"=\s?$", context.before) or not re.search(r"[^\W\d_]", inner):
        return "none", "markup"
    words = inner.split()
    before = context.before.rstrip()
    opens = not before or before[-1] in '.!?:,—–…"”’)'
    if len(words) >= 4 and (opens or inner[:1].isupper()):
        return "direct", "clause"
    if opens and inner.rstrip()[-1:] in ".,!?…":
        return "direct", "clause"
    return "mixed", "fragment"
