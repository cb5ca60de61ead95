"""Broken texts made whole: HTML in cells, entities, escapes, and letters in the wrong encoding."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass

from quotes.articles.markup import is_markup, to_text

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_MISREAD = re.compile(
    "[\u0080-\u009f]|[ÂÃâÐÑ][\u0080-\u00bf\u0152-\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_CLOSING = re.compile(r"(?<=\S)â€(?=[\s.,;:!?)]|$)")  # its last byte has no character in cp1252
_CONTROLS = re.compile("[\u0080-\u009f]")
_LOST = "\ufffd"
_LEAST_LOST = 2


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text to be stored, and what was done to it (``how``) or could not be (``lost``)."""

    text: str
    how: tuple[str, ...] = ()
    lost: bool = False


def repair(text: str) -> Repaired:
    """Return a text as its author wrote it, as far as the damage leaves no doubt what that was.

    Encodings are repaired line by line, with ftfy.
    """
    how = []
    for name, fix in _REPAIRS:
        fixed = fix(text)
        if fixed != text and fixed.strip():
            how.append(name)
            text = fixed
    return Repaired(text, tuple(how), text.count(_LOST) >= _LEAST_LOST)


def _markup(text: str) -> str:
    return to_text(text) if "<" in text and is_markup(text) else text


def _entities(text: str) -> str:
    """Read entities, also those that were escaped once more."""
    for _ in range(3):
        if not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def _escapes(text: str) -> str:
    r"""Read ``\u201c`` and, where there is no other line end, ``\n``."""
    if not _ESCAPE.search(text):
        return text
    text = _PAIR.sub(lambda match: str(json.loads(f'"{match[0]}"')), text)
    text = _ESCAPE.sub(_character, text).replace('\\"', '"')
    return text if "\n" in text else re.sub(r"(?:\\r)?\\n", "\n", text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code < 0xE000 or code < 32 else chr(code)


def _encoding(text: str) -> str:
    if not _MISREAD.search(text):
        return text
    import ftfy

    lines = []
    for line in text.split("\n"):
        if _MISREAD.search(line):
            line = _CLOSING.sub("”", line)
            line = ftfy.fix_encoding(line)
            line = ftfy.fixes.fix_c1_controls(line) if _CONTROLS.search(line) else line
        lines.append(line)
    return "\n".join(lines)


_REPAIRS = (
    ("HTML read as text", _markup),
    ("entities such as &quot; read", _entities),
    ("escapes such as \\u201c read", _escapes),
    ("letters in a wrong encoding repaired", _encoding),
)
