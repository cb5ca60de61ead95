"""The turns of a transcript: which lines are whose words, by the labels before them.

``NAME: words``, ``Q. words``, ``>> NAME: words``, ``[00:01:02] Name: words``, or a line with a name
and a time above the words, as programs that write down speech do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quotes.columns import talk_labels
from quotes.english.lexicon import DISCOURSE, MINOR, OPENERS
from quotes.records import Span

_TIME = r"[\[(<]?(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?[\])>]?"
_WORD = r"[^\W\d_][\w.'’\-]*\.?"
_NAME = rf"{_WORD}(?:[ ](?:{_WORD}|\d{{1,2}}|&)){{0,5}}"
_ROLE = r"(?:\s*\([^()\n]{1,60}\)|\s*\[[^\[\]\n]{1,60}\]|,[^:\n]{1,80})?"
_LABEL = re.compile(
    rf"[ \t]*(?:{_TIME}[ \t]*[-–]?[ \t]*)?(?:>>+[ \t]*|[-–—][ \t]+)?"
    rf"(?P<name>{_NAME}){_ROLE}[ \t]*(?:{_TIME})?[ \t]*:(?=\s|$)[ \t]*(?:{_TIME}[ \t]*)?"
)
_PART = re.compile(r"[ \t]*(?P<name>[QA]\d{0,3}|Question|Answer)[.:)][ \t]+(?=\S)")
_TIMED = re.compile(
    rf"[ \t]*(?:(?P<name>{_NAME}){_ROLE}[ \t]{{1,8}}{_TIME}"
    rf"|{_TIME}[ \t]{{1,8}}(?P<other>{_NAME}){_ROLE})[ \t]*$"
)
_UNKNOWN = re.compile(r"[ \t]*(?:>>+|[-–—])[ \t]*(?=\S)")
_DIRECTION = re.compile(
    r"[ \t]*(?:\([^()]{1,120}\)|\[[^\[\]]{1,120}\]|[*♪#].{0,120}|-{3,}|=+|END.{0,30})[ \t]*$"
)
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_MOST_NAME = 60

_LEAST_TURNS = 4
_LEAST_LABELLED = 0.5
"""Share of the paragraphs of a transcript that begin with a label."""
_LEAST_REPEATED = 0.6
"""Share of the turns whose label returns: lists of facts have other labels each time."""
_MOST_MARKED = 0.4
"""Share of the turns that may begin with a quotation mark: an article marks what it quotes."""
_MARKS = ("“", '"', "„", "«", "‘", "``", "''")
_LONGEST_PREFACE = 0.3
"""Share of the text that may stand before the first label."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Words of one speaker: ``label`` is the name before them, None where a change has no name.

    ``paragraphs`` are the (start, end) of the words, without label, times and stage directions.
    """

    label: Span | None
    paragraphs: tuple[tuple[int, int], ...]


def find_turns(text: str) -> list[Turn]:
    """Return the turns of a transcript, in order; what stands before the first is in none."""
    lines = [
        (line.start(), line.end(), _label(text, *line.span()))
        for line in _LINE.finditer(text)
        if not _DIRECTION.match(text, *line.span())
    ]
    names = _believed(found[0].text for *_, found in lines if found and found[0])
    turns: list[tuple[Span | None, list[tuple[int, int]]]] = []
    for start, end, found in lines:
        if found and (found[0] is None or found[0].text in names):
            turns.append((found[0], []))
            start = found[1]
        if turns and text[start:end].strip():
            turns[-1][1].append(_stripped(text, start, end))
    return [Turn(label, tuple(words)) for label, words in turns if words]


def _believed(labels: Iterable[str]) -> set[str]:
    """Return which labels are names: not a single word that begins one paragraph ("Look: …")."""
    counts = Counter(labels)
    words = {word.casefold() for label in counts if " " in label for word in label.split()}
    return {
        label
        for label, count in counts.items()
        if part_of(label)
        or (
            label.casefold() not in OPENERS | DISCOURSE
            and (" " in label or label.isupper() or count > 1 or label.casefold() in words)
        )
    }


def is_transcript(text: str) -> bool:
    """Whether a text is clearly a transcript.

    Nearly all of it is turns, of labels that return, and the words are not in quotation marks.
    """
    turns = find_turns(text)
    labels = [turn.label.text.casefold() for turn in turns if turn.label]
    if len(labels) < _LEAST_TURNS or len(set(labels)) < 2:
        return False
    marked = sum(text.startswith(_MARKS, turn.paragraphs[0][0]) for turn in turns)
    if marked > _MOST_MARKED * len(turns):
        return False
    lines = [line for line in _LINE.finditer(text) if not _DIRECTION.match(line[0])]
    first = turns[0].label.start if turns[0].label else turns[0].paragraphs[0][0]
    if first > _LONGEST_PREFACE * len(text):
        return False
    after = sum(line.end() > first for line in lines)
    counts = Counter(label.rpartition(" ")[2] for label in labels)  # "ANN ROE" is "ROE" later on
    repeated = sum(count for count in counts.values() if count > 1)
    return len(turns) >= _LEAST_LABELLED * after and repeated >= _LEAST_REPEATED * len(labels)


def _label(text: str, start: int, end: int) -> tuple[Span | None, int] | None:
    """Return what labels a line (None: a change without a name), and where its words begin."""
    for form in (_PART, _LABEL, _TIMED):
        match = form.match(text, start, end)
        if match is None:
            continue
        group = "name" if match["name"] else "other"
        name = match[group]
        if len(name) <= _MOST_NAME and _is_label(name):
            return Span(match.start(group), match.end(group), name), match.end()
    match = _UNKNOWN.match(text, start, end)
    return (None, match.end()) if match else None


def _is_label(name: str) -> bool:
    """Whether each word of a label has a capital, but for the small ones in names and titles."""
    words = [word for word in name.split() if word not in MINOR and word != "&"]
    return bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def part_of(label: str) -> str | None:
    """Return the part in the talk that a label names: ``question``, ``answer`` or ``nobody``.

    None for the name of a person.
    """
    words = {word.strip(".0123456789").casefold() for word in label.split()} - {""}
    nobody = talk_labels("nobody")
    for part in ("question", "answer"):
        if words & talk_labels(part) and words <= talk_labels(part) | nobody:
            return part
    return "nobody" if words and words <= nobody else None
