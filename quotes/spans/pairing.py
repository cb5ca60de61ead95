"""Pair the quotation marks of one paragraph, and mend what a lost mark left open.

Double marks are paired first, like brackets; single marks then pair inside them or around them,
never across. Everything happens within one paragraph, so that a lost mark cannot reach further.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.spans.cues import CLAUSE_ALONE
from quotes.spans.marks import Mark
from quotes.spans.repair import reporter_clause, sensible_end, sensible_start

MAX_DEPTH = 4

_LETTER = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"[.!?…]\s")


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation's borders; ``opened``/``closed`` are False where the mark was lost.

    ``runs_on`` says that the speech was still open where the paragraph ended.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    opened: bool = True
    closed: bool = True
    runs_on: bool = False


def pair_marks(body: str, marks: Sequence[Mark], start: int, end: int) -> list[Pair]:
    """Return the quotations of the paragraph ``body[start:end]``, outer before inner.

    Pairs are either apart from each other or one inside the other, at most ``MAX_DEPTH`` deep
    for each of the two levels of marks; those without a letter or digit inside are left out.
    """
    doubles = [mark for mark in marks if mark.level == "double"]
    pairs = _pair_doubles(body, doubles, start, end)
    if len(doubles) < len(marks):
        pairs += _pair_singles(body, marks, pairs, start, end)
    pairs.sort(key=lambda pair: (pair.start, -pair.end))
    return [pair for pair in pairs if _has_words(body, pair)]


def _has_words(body: str, pair: Pair) -> bool:
    return _LETTER.search(body, pair.inner_start, pair.inner_end) is not None


def _whole(opener: Mark, closer: Mark) -> Pair:
    return Pair(opener.start, closer.end, opener.end, closer.start)


def _pair_doubles(body: str, marks: Sequence[Mark], start: int, end: int) -> list[Pair]:
    matches, lost = _match(body, marks)
    pairs = [_whole(marks[left], marks[right]) for left, right in matches]
    spans = sorted((pair.start, pair.end) for pair in pairs)
    # Lost marks are mended from left to right between what is whole; ``floor`` is where the last
    # quotation before ended.
    floor = start
    following = 0
    for at in lost:
        mark = marks[at]
        while following < len(spans) and spans[following][0] < mark.start:
            floor = max(floor, spans[following][1])
            following += 1
        if mark.direction == "close":
            if body[mark.start - 1].isspace():
                continue  # a stray mark
            if CLAUSE_ALONE.fullmatch(body, floor, mark.start):
                continue  # a mark too many: the reporter speaks
            begin = sensible_start(body, floor, mark.start)
            pair = Pair(begin, mark.end, begin, mark.start, opened=False)
        elif floor > mark.start or (mark.direction == "either" and mark.start > start):
            continue  # inside a whole pair, or too doubtful to open speech alone
        else:
            limit = _limit(marks, at, start, end)
            stop, cut = sensible_end(body, mark.end, limit)
            runs_on = limit == end and not cut
            pair = Pair(mark.start, stop, mark.end, stop, closed=False, runs_on=runs_on)
            if runs_on:
                return [*pairs, pair]
        floor = max(floor, pair.end)
        pairs.append(pair)
    return pairs


def _limit(marks: Sequence[Mark], at: int, start: int, end: int) -> int:
    """Return how far the speech that the unclosed mark ``at`` opens may reach.

    The next mark ends it. Only where the paragraph itself opens with it and the next mark has
    another shape are the quotations that follow inside it.
    """
    if at + 1 == len(marks):
        return end
    if marks[at].start == start and marks[at + 1].shape != marks[at].shape:
        return end
    return marks[at + 1].start


def _match(body: str, marks: Sequence[Mark]) -> tuple[list[tuple[int, int]], list[int]]:
    """Match double marks like brackets; return (matches, unmatched marks), both as indices.

    An undecided mark closes what is open, else opens. An opening mark inside open speech of the
    same shape nests, unless a reporter's clause before it shows that the speech had ended.
    """
    matches: list[tuple[int, int]] = []
    lost: list[int] = []
    stack: list[int] = []
    for at, mark in enumerate(marks):
        if mark.inches and not _closes_number(marks, at, bool(stack)):
            continue
        if mark.direction == "open" or (mark.direction == "either" and not stack):
            if stack and _had_ended(body, marks, stack[-1], at):
                lost.append(stack.pop())
            if len(stack) == MAX_DEPTH:
                lost.append(stack.pop(0))
            stack.append(at)
        elif stack:
            matches.append((stack.pop(), at))
        else:
            lost.append(at)
    return matches, sorted(lost + stack)


def _closes_number(marks: Sequence[Mark], at: int, is_open: bool) -> bool:
    """Say whether a mark after a number closes speech, rather than meaning inches."""
    after = marks[at + 1] if at + 1 < len(marks) else None
    return is_open and (after is None or after.direction != "close")


def _had_ended(body: str, marks: Sequence[Mark], opener: int, at: int) -> bool:
    same = marks[opener].shape == marks[at].shape
    return same and reporter_clause(body, marks[at - 1].end, marks[at].start) is not None


def _pair_singles(
    body: str, marks: Sequence[Mark], doubles: Sequence[Pair], start: int, end: int
) -> list[Pair]:
    """Pair the single marks that stand in the same double quotation (or outside all of them)."""
    pairs: list[Pair] = []
    for outer, group in _by_container(marks, doubles).items():
        position = 0
        while position < len(group):
            opener = group[position]
            position += 1
            if opener.direction != "open":
                continue
            closer, after = _closer(body, group, position)
            if closer is not None:
                pairs.append(_whole(opener, closer))
                position = after
            elif outer < 0 and opener.start == start and _runs_on(body, opener):
                pairs.append(Pair(start, end, opener.end, end, closed=False, runs_on=True))
                break
    return pairs


def _by_container(marks: Sequence[Mark], doubles: Sequence[Pair]) -> dict[int, list[Mark]]:
    """Return the single marks grouped by the index of the innermost double pair around them."""
    ordered = sorted(doubles, key=lambda pair: (pair.start, -pair.end))
    groups: dict[int, list[Mark]] = {}
    around: list[int] = []
    following = 0
    for mark in marks:
        if mark.level != "single":
            continue
        while following < len(ordered) and ordered[following].start <= mark.start:
            while around and ordered[around[-1]].end <= ordered[following].start:
                around.pop()
            around.append(following)
            following += 1
        while around and ordered[around[-1]].end <= mark.start:
            around.pop()
        groups.setdefault(around[-1] if around else -1, []).append(mark)
    return groups


def _closer(body: str, group: Sequence[Mark], position: int) -> tuple[Mark | None, int]:
    """Return the mark that closes the single quotation opened before ``position``, and the next.

    A mark that may be an apostrophe (``the voters’ choice``) closes only if no clear closing mark
    follows in the same sentence.
    """
    doubtful: int | None = None
    for at in range(position, len(group)):
        mark = group[at]
        if mark.direction == "open":
            break
        if doubtful is not None and _SENTENCE_END.search(body, group[at - 1].end, mark.start):
            break
        if not mark.plural:
            return mark, at + 1
        if doubtful is None:
            doubtful = at
    return (None, position) if doubtful is None else (group[doubtful], doubtful + 1)


def _runs_on(body: str, opener: Mark) -> bool:
    """Say whether a paragraph's unclosed ``‘`` opens speech that the next paragraph carries on."""
    return opener.shape == "‘" and body[opener.end : opener.end + 1].isupper()
