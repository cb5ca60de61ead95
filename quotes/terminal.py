"""What a text from somebody else's file could do to a terminal, and how it is kept from it."""

from __future__ import annotations

import io
import re

_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_DIRECTION = r"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"

STEERING = re.compile(rf"[{_CONTROL}{_DIRECTION}]")
"""Control characters (C0 and C1), direction marks (Unicode's bidirectional algorithm, UAX 9) and
separators of lines: with them a text can move the cursor, rename the window, or look like another.
"""
_UNWANTED = re.compile(rf"(\x1b\[[0-9;]*m)|\r(?=\n)|[{_CONTROL}{_DIRECTION}]")


def neutralised(text: str) -> str:
    """Return ``text`` with a space for every character that steers a terminal.

    Colours (SGR, ECMA-48 8.3.117) stay: the program makes them, and they move nothing. Of the two
    characters that end a line of CSV the line feed stays.
    """
    return _UNWANTED.sub(lambda match: match[1] or ("" if match[0] == "\r" else " "), text)


class Guarded(io.TextIOWrapper):
    """A terminal's stream on which nothing can be steered; it takes the place of ``stream``."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        super().__init__(
            stream.buffer, stream.encoding, "replace", line_buffering=stream.line_buffering
        )
        self._replaced = stream  # whoever is replaced would close the terminal when collected

    def write(self, text: str) -> int:
        """Write ``text`` without what steers; return its length."""
        super().write(neutralised(text))
        return len(text)
