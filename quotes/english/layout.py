"""Reads a text in whatever layout it comes: the same words with one paragraph a line.

Articles come as paragraphs, wrapped at some width, one sentence a line, in one line, or as Penn
Treebank tokens. Every stage reads the text that ``lay_out`` makes of it, so that answers do not
depend on layout; ``Laid`` leads what they find back to the body. Only white space and the spelling
of tokens (`` `` ``, ``-LRB-``) ever differ between the two. Linear in the length of the text.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quotes.english.casing import as_prose
from quotes.english.lexicon import ABBREVIATIONS, TITLES
from quotes.english.paragraphs import guess_paragraphs, marks
from quotes.english.segmentation import sentences

Line = tuple[int, int]

_LINE = re.compile(r"[^\n]*\S[^\n]*")

# --- Penn tokens

_TOKENISED = 0.6  # share of commas and full stops with a space before them
_FEWEST_STOPS = 3
_LOOKED_AT = 400  # commas and full stops
_STOP = re.compile(r"(\s)?[,.](?=\s|\Z)")
_TOKEN = re.compile(
    r"(?P<open>``[^\S\n]?)|(?P<close>[^\S\n]?(?:''|(?<=\s)\"(?=\s|\Z)))"
    r"|(?P<left>-L[RSC]B-)[^\S\n]?|[^\S\n]?(?P<right>-R[RSC]B-)"
    r"|[^\S\n](?P<clitic>['’](?:s|re|ve|ll|d|m|S)?(?=\s|\Z)|n['’]t\b|[,.;:?!%](?=\s|\Z))"
    r"|(?P<money>[$£€#])[^\S\n](?=\d)"
)
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}

# --- lines

_WIDEST = 140  # columns: nobody wraps at more
_NARROWEST = 20
_FEWEST_BREAKS = 6
_MID_SENTENCE = 0.4  # share of the line ends inside a sentence
_FULL = 0.8  # share of these at which the next word would not have fitted
_MARGIN = 6  # columns that a full line may be shorter than it could be
_SHORT = 0.7  # of the width: a shorter line was ended on purpose
_ENDS = frozenset(".!?…:;”\"')’»")
_CROSSINGS = 2  # quotations that run over line ends, from which on lines are no paragraphs
_SENTENCES_A_LINE = 1.2
_ENDLESS = 900  # characters a line: a whole article in one
_ALONE = 600  # characters of a text that has one line
_CUT_TITLES = TITLES & ABBREVIATIONS
_REACH = 12  # lines over which a quotation runs on without another mark


@dataclass(frozen=True)
class Laid:
    """A text with one paragraph a line, and where each of its characters stands in the body.

    ``starts`` and ``ends`` hold the offsets in the body of every character's first and last code
    point (exclusive); None where offsets are the same. ``guessed`` tells that the paragraphs were
    lost and had to be guessed.
    """

    body: str
    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None
    guessed: bool = False

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the text (of one character at least) stands in the body."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def lay_out(body: str) -> Laid:
    """Return a body as one paragraph a line."""
    plain = body.replace("\r", " ") if "\r" in body else body
    if _is_tokenised(plain):
        printed, starts, ends = _printed(plain)
        text, guessed = _paragraph_a_line(printed)
        return Laid(body, text, starts, ends, guessed)
    text, guessed = _paragraph_a_line(plain)
    return Laid(body, text, guessed=guessed)


def _is_tokenised(text: str) -> bool:
    found = [match[1] is not None for match in itertools.islice(_STOP.finditer(text), _LOOKED_AT)]
    return sum(found) >= _FEWEST_STOPS and sum(found) > _TOKENISED * len(found)


def _printed(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Return a tokenised text as it would be printed, with the places of its characters."""
    pieces: list[str] = []
    starts, ends = array("q"), array("q")

    def take(printed: str, start: int, end: int) -> None:
        pieces.append(printed)
        if len(printed) == end - start:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.append(start)
            ends.append(end)

    position = 0
    for match in _TOKEN.finditer(text):
        take(text[position : match.start()], position, match.start())
        take(*_token(match))
        position = match.end()
    take(text[position:], position, len(text))
    return "".join(pieces), starts, ends


def _token(match: re.Match[str]) -> tuple[str, int, int]:
    """Return what stands for a token in print, and the stretch of the body that it stands for."""
    if match["open"]:
        return "“", match.start(), match.start() + 2
    if match["close"]:
        return "”", match.end() - len(match["close"].strip()), match.end()
    name = next(one for one in ("left", "right", "money", "clitic") if match[one])
    return _BRACKETS.get(match[name], match[name]), *match.span(name)


def _paragraph_a_line(text: str) -> tuple[str, bool]:
    """Return a text of the same length with one paragraph a line, and whether they are guessed."""
    lines = [_stripped(text, *match.span()) for match in _LINE.finditer(text)]
    if not lines:
        return text, False
    if width := _wrapped_at(text, lines):
        lines = list(_joined(lines, lambda a, b: _goes_on(text, a, b, width)))
    lines = list(_joined(lines, lambda a, _: _ends_in_title(text, a)))
    crossed = _crossed(text, lines)
    endless = len(text) > (_ENDLESS if len(lines) > 1 else _ALONE) * len(lines)
    if endless or len(crossed) >= _CROSSINGS:
        found = [one for line in lines for one in sentences(text, *line)]
        if endless or len(found) <= _SENTENCES_A_LINE * len(lines):
            return _rendered(text, list(guess_paragraphs(text, found))), True
    if crossed:
        lines = list(_joined(lines, lambda a, _: a in crossed))
    return _rendered(text, lines), False


def _stripped(text: str, start: int, end: int) -> Line:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _joined(lines: Sequence[Line], goes_on: Callable[[Line, Line], bool]) -> Iterator[Line]:
    """Yield the lines, those joined to one between which the text goes on."""
    start = lines[0][0]
    for line, follower in itertools.pairwise(lines):
        if not goes_on(line, follower):
            yield start, line[1]
            start = follower[0]
    yield start, lines[-1][1]


def _rendered(text: str, paragraphs: Sequence[Line]) -> str:
    """Return the text with line ends between the paragraphs and only there, in prose case."""
    pieces, position = [], 0
    for start, end in paragraphs:
        gap = text[position:start]
        pieces.append(gap if not position or "\n" in gap else "\n" + gap[1:])
        pieces.append(as_prose(text[start:end].replace("\n", " ")))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _wrapped_at(text: str, lines: Sequence[Line]) -> int | None:
    """Return the width at which lines are wrapped, None if they are not.

    In wrapped text nearly every line inside a paragraph is full: the next word would not fit.
    """
    breaks = [(a, b) for a, b in itertools.pairwise(lines) if _is_next(text, a, b)]
    width = max(end - start for start, end in lines)
    if not breaks or not _NARROWEST <= width <= _WIDEST:
        return None
    inside = [(a, b) for a, b in breaks if text[a[1] - 1] not in _ENDS]
    full = sum(not _would_fit(text, a, b, width) for a, b in inside)
    if len(breaks) < _FEWEST_BREAKS:
        wrapped = bool(inside) and not any(_would_fit(text, a, b, width) for a, b in breaks)
    else:
        wrapped = full >= _FULL * len(inside) and len(inside) >= _MID_SENTENCE * len(breaks)
    return width if wrapped else None


def _is_next(text: str, line: Line, follower: Line) -> bool:
    """Tell whether no blank line stands between two lines."""
    return text.count("\n", line[1], follower[0]) == 1


def _would_fit(text: str, line: Line, follower: Line, width: int) -> bool:
    word = len(text[follower[0] : follower[1]].split(None, 1)[0])
    return line[1] - line[0] + 1 + word <= width - _MARGIN


def _goes_on(text: str, line: Line, follower: Line, width: int) -> bool:
    """Tell whether a wrapped line is not the last of its paragraph."""
    if not _is_next(text, line, follower):
        return False
    if not _would_fit(text, line, follower, width):
        return True
    return text[line[1] - 1] not in _ENDS and line[1] - line[0] >= _SHORT * width


def _ends_in_title(text: str, line: Line) -> bool:
    """Tell whether a line was broken behind "the Rev." or the like, before the name."""
    last = text[line[0] : line[1]].rsplit(None, 1)[-1]
    return last.endswith(".") and last[:-1].lower() in _CUT_TITLES


def _crossed(text: str, lines: Sequence[Line]) -> set[Line]:
    """Return the lines over whose end a quotation runs on.

    It is open there, and the next mark closes it; if the next mark opens one, the mark was lost, or
    left out as papers do in speech of several paragraphs.
    """
    crossed: set[Line] = set()
    waiting: list[Line] = []
    for line in lines:
        is_open = bool(waiting)
        for at, (_, opens) in enumerate(marks(text, *line)):
            if at == 0 and waiting:
                crossed.update(() if opens else waiting)
                waiting = []
            is_open = opens
        waiting = [*waiting, line] if is_open and len(waiting) < _REACH else []
    return crossed
