"""Finds the names in a text by their capitals: a light finder that needs no model.

A name is a run of capitalised words with the particles, initials, hyphens, apostrophes and
suffixes that names hold ("Ursula von der Leyen", "J.D. Vance", "Beto O'Rourke", "Robert Downey
Jr."). Titles before a name are kept apart from it ("US President" + "Donald Trump"). The finder
is linear in the length of the text and knows no person or place by name.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Literal

from quotes.english.cues import forms
from quotes.english.headlines import names_in_headline
from quotes.english.lexicon import (
    BODIES,
    COURTESY,
    DAYS,
    EPITHETS,
    FIRST_NAMES,
    FUNCTIONS,
    MONTHS,
    OF_HEADS,
    OPENERS,
    ORGANISATION_WORDS,
    PARTY_LABELS,
    PLACE_WORDS,
    PRONOUN_NAMES,
    SURNAME_TITLES,
    TITLES,
    any_of,
    tagged,
)
from quotes.english.nouns import are_persons
from quotes.english.patterns import alternatives
from quotes.english.runs import OF, PIECES, SUFFIXES, runs
from quotes.english.segmentation import Borders, paragraphs
from quotes.english.titles import exalted, lower_title
from quotes.english.wordnet import is_person, is_word
from quotes.english.zones import is_headline_case

KindHint = Literal["person", "organisation", "place"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: ``text[start:end] == name.text``.

    ``start`` is where the name proper begins; ``title`` holds the words of the title or function
    that stand directly before it ("Russian President", "campaign manager"), which begin at
    ``title_start`` (equal to ``start`` where there is no title). ``opens`` tells that it opens a
    sentence, whose first word has a capital whatever it is.
    """

    start: int
    end: int
    text: str
    title: str | None
    kind_hint: KindHint | None
    title_start: int
    opens: bool = False


_PLACES = tagged("place-abbr")

_LOWER_WORD = re.compile(r"(?<![\w’'])[a-z]+(?![\w’'])")
# Words that open a name though they are also common: offices and parties before it.
_KEPT = FUNCTIONS | PARTY_LABELS
_ORDINALS = tagged("ordinal")
_NO_OPENERS = frozenset({"New", "US", "IS", "NEW", "WHO", "IT"})
_PERSONAL = FUNCTIONS | PARTY_LABELS
_CAMEL = re.compile(r"^(?!Ma?c|De|Di|Du|Fitz|Le|La|Van|O)\w*[a-z][A-Z]")
_PERSON_FORM = re.compile(r"(?<!\.)\b(?!U\.[SKN]\.)[A-Z]\.|\b(?:van|von|bin|ibn)\b|\b[JS]r\b")
_ADVERB = re.compile(
    r"(?:(?:al|ous|ab|ent|ant|ing|ed|iv)ly|[a-z]{3}(?:ss|at|it|ct|nt|rt|ck|lk)ing)$"
)
_WORDS = OPENERS | MONTHS | TITLES
_FINITE = alternatives(forms("speech", "past", "third") | tagged("finite"))
_VERB_AFTER = re.compile(rf"\s(?:also\s|then\s|\w+ly\s)?(?:{_FINITE}|\w{{2,}}ed)\b")
_IN_DATE = re.compile(rf"\b(?:{any_of('before-date')})\s\w+\Z", re.I)
_BODY_OF = re.compile(rf"(?:[\w.’'-]+\s){{0,4}}?(?i:{alternatives(OF_HEADS)})\s{OF}\s")
_DETERMINED = re.compile(rf"\b(?:the|an?|former|{any_of('possessive')})\s\Z", re.I)
_PARTY_STATE = re.compile(r"[DRI]-[A-Z]")
_HYPHENED = re.compile(r"-(?:elect|designate|in-chief)\Z")
_ADJECTIVE = re.compile(r"(?:ous|ful|less|ive|ish|ing|ed|ical|ic|ent|ant)\Z")
_ORIGIN = re.compile(r"-(?:born|based|raised|educated|trained)\Z")
_OFFICE_OF = re.compile(rf"\b(?i:{alternatives(FUNCTIONS)})\s(?:of|for)\s(?:the\s)?\Z")
_OF = re.compile(rf"\s{OF}(?:\sthe)?\s")
_NOT_A_TITLE = re.compile(r"General (?:Motors|Electric|Assembly|Mills|Dynamics|Secretariat)")


def find_names(text: str, given: Container[str] = frozenset()) -> list[Name]:
    """Return the names in a text with one paragraph a line, in order; they never overlap.

    Words that merely open a sentence ("But Trump"), days, months, bare titles ("the President")
    are left out, unless they are surnames: behind a ``given`` name (in lower case), and elsewhere
    in a text that has such a name. In a headline in title case or capitals only the names that the
    rest of the text confirms are returned.
    """
    headlines = [(a, b) for a, b in paragraphs(text) if b - a < 250 and is_headline_case(text[a:b])]
    small = set(_LOWER_WORD.findall(text))
    found: list[Name] = []
    shouted: list[tuple[int, int]] = []
    left: list[tuple[int, int]] = []
    borders = Borders(headlines)
    for first, last in runs(text):
        line = borders.index(first)
        if line >= 0 and first < headlines[line][1]:
            continue
        if _is_title_case(text[first:last], given):
            shouted.append((first, last))
        elif names := [*_names_of_run(text, first, last, small, given)]:
            found.extend(names)
        else:
            left.append((first, last))
    found.extend(_surnames(text, left, found))
    if headlines or shouted:
        known = {name.text.casefold() for name in found}
        for start, end in headlines + shouted:
            for first, last in names_in_headline(text, start, end, known, given):
                name = text[first:last]
                found.append(Name(first, last, name, None, _kind_hint(name, None), first))
    found.sort(key=lambda name: name.start)
    return found


def _is_title_case(run: str, given: Container[str]) -> bool:
    """Whether a run is a title or a shout, not a name: long, with capitals on small words."""
    words = run.split()
    if len(words) < 4:
        return False
    if words[-2].lower() in given:
        if words[-3].rstrip(".").lower() in TITLES | FUNCTIONS:
            return False  # "Rivers Watch President Ann Roe"
        words.pop()  # "David Long"
    inner = (word for word in words[1:] if word[0].isupper() and word != "New")
    return run.isupper() or any(word.lower() in OPENERS for word in inner)


def _names_of_run(
    text: str, first: int, last: int, small: set[str], given: Container[str]
) -> Iterator[Name]:
    """Trim a run, part the title from the name and yield what is left, if anything."""
    pieces = [
        (m.start(), m.end(), m.group().rstrip(".").lower())
        for m in PIECES.finditer(text, first, last)
    ]
    pieces = _trim(text, pieces, small)
    if not pieces or _is_common_noun(text, pieces):
        return
    cut = _title_length(text, pieces, given) or _epithets(text, pieces, small, given)
    field = _behind_field(text, pieces, cut, given)
    cut, pieces = (0, pieces[field:]) if cut == 0 else (field, pieces)  # the office stands ahead
    if cut == len(pieces) or _PARTY_STATE.match(text, pieces[cut][0]):
        return
    start, end = pieces[cut][0], pieces[-1][1]
    if text[end - 1] == "." and not _keeps_stop(text, pieces[-1]):
        end -= 1
    title_start = pieces[_first_of_title(pieces, cut)][0] if cut else start
    title_start = exalted(text, lower_title(text, title_start))
    name = text[start:end]
    title = text[title_start:start].strip() or None
    opens = _opens_sentence(text, title_start)
    yield Name(start, end, name, title, _kind_hint(name, title), title_start, opens)


_Piece = tuple[int, int, str]


def _trim(text: str, pieces: list[_Piece], small: set[str]) -> list[_Piece]:
    """Drop what opens the sentence, days and months from both ends of a run."""
    first = 0
    initial = bool(pieces) and _opens_sentence(text, pieces[0][0])
    while first < len(pieces):
        word = pieces[first][2].replace("’", "'")
        more = first + 1 < len(pieces)
        if more and (word in FIRST_NAMES or (word in PRONOUN_NAMES and first == 0)):
            break
        common = initial and first == 0 and word not in _KEPT
        common = common and (word in small or bool(_ADVERB.search(word)))
        opener = word in OPENERS and text[pieces[first][0] : pieces[first][1]] not in _NO_OPENERS
        opener = opener and (initial or word not in _ORDINALS)
        if not (common or opener or word in DAYS or word in MONTHS):
            break
        first += 1
    last = len(pieces)
    while last > first and (
        pieces[last - 1][2] in DAYS or (last - first > 1 and pieces[last - 1][2] in PARTY_LABELS)
    ):
        last -= 1
    return [] if last - first == 1 and pieces[first][2] == "new" else pieces[first:last]


def _is_common_noun(text: str, pieces: list[_Piece]) -> bool:
    """Whether a run only says what somebody is: "the Dean", "the Labour MP", "a PAC"."""
    start, end, word = pieces[-1]
    is_short, alone = len(word) < 4 and text[start:end].isupper(), len(pieces) == 1
    if word not in FUNCTIONS or len(pieces) > 2:
        return is_short and alone and word in BODIES
    return is_short or (alone and text[max(0, start - 4) : start].lower() == "the ")


def _opens_sentence(text: str, offset: int) -> bool:
    before = text[max(0, offset - 4) : offset].rstrip(" \t\"'“”‘’«»([")
    return not before or before[-1] in ".!?:;\n–—-•*"


def _title_length(text: str, pieces: list[_Piece], given: Container[str]) -> int:
    """Return how many of a run's pieces are title ("Russian President" in front of a name)."""
    courtesy = len(pieces) > 1 and pieces[-2][2] in COURTESY  # "Mr. Church"
    if pieces[-1][2] in ORGANISATION_WORDS and len(pieces) > 1 and not courtesy:
        return 0
    cut = 0
    for index, (start, _, word) in enumerate(pieces):
        if _is_of_body(text, pieces, index):
            continue
        head = _HYPHENED.sub("", word.split()[0])
        is_title = head in TITLES or (index == 0 and word in PARTY_LABELS)
        left = len(pieces) - index - 1
        before_given = left > 1 and pieces[index + 1][2] in given
        follows = left > 1 and (index == 0 or before_given)
        is_title = is_title or (follows and head in FUNCTIONS)
        is_title = is_title or (before_given and _describes(word, pieces[0][2], given))
        is_title = is_title or (index == 0 < left and are_persons(word) and pieces[1][2] in given)
        suffix = pieces[-1][2] in SUFFIXES and index == len(pieces) - 2
        ahead = pieces[index - 1][2] if index else ""
        named = left == 0 and (ahead in given or len(ahead) == 1)  # "Billie Jean King"
        is_surname = (suffix or named) and head in SURNAME_TITLES  # "Martin Luther King Jr."
        if is_title and not is_surname and not _NOT_A_TITLE.match(text, start):
            cut = index + 1
    if cut == len(pieces) > 1 and pieces[-2][2] in given:
        return _title_length(text, pieces[:-1], given)  # "Jason Baron"
    if cut == len(pieces) and len(pieces) == 2 and pieces[1][2] in SURNAME_TITLES:
        # A surname that is also a title: "Steve King", "Mr. King".
        return 1 if pieces[0][2] in COURTESY else cut if pieces[0][2] in TITLES else 0
    return cut


def _is_of_body(text: str, pieces: list[_Piece], index: int) -> bool:
    """Whether a piece belongs to a body's name: "Department of Justice", "American Union of …"."""
    if index and _OF.fullmatch(text, pieces[index - 1][1], pieces[index][0]):
        return index + 1 == len(pieces)
    return index + 2 < len(pieces) and bool(
        pieces[index + 1][2] in OF_HEADS
        and _OF.fullmatch(text, pieces[index + 1][1], pieces[index + 2][0])
    )


def _describes(word: str, first: str, given: Container[str]) -> bool:
    """Whether a word right before a given name says what its bearer is: "City Recorder Ann Roe".

    ``first`` is the first word of the run: a given name there is that of the bearer.
    """
    return first not in given and len(word) > 2 and (is_person(word) or bool(_ORIGIN.search(word)))


def _first_of_title(pieces: list[_Piece], cut: int) -> int:
    """Return where the title begins among the pieces: at the Mr. of "Education Mr. Roe"."""
    for i in range(cut - 1, 0, -1):
        if pieces[i][2] in COURTESY:
            heads = {head for _, _, word in pieces[:i] for head in word.split()}
            return 0 if heads & (TITLES | FUNCTIONS) else i
    return 0


def _epithets(text: str, pieces: list[_Piece], small: set[str], given: Container[str]) -> int:
    """Return how many pieces before a name say something of its bearer ("Brave Ann Roe").

    The first name behind tells; before it stands an agency (NASA), or a word that is common or
    looks like an adjective.
    """
    if len(pieces) < 3 or pieces[0][2] in given or pieces[1][2] not in given:
        return 0
    start, end, word = pieces[0]
    agency = text[start:end].isupper() and 1 < len(word) <= 6  # no initial
    agency = agency and text[start:end] not in _PLACES
    adjective = word in small or word in EPITHETS or bool(_ADJECTIVE.search(word))
    return 1 if agency or adjective else 0


def _behind_field(text: str, pieces: list[_Piece], cut: int, given: Container[str]) -> int:
    """Return where the name begins behind the field of an office, else ``cut``.

    "Director of Public Health Ann Roe", "the secretary for Rural Roads Bo Lind".
    """
    if cut == len(pieces) or pieces[-1][2] in ORGANISATION_WORDS or not is_word(pieces[cut][2]):
        return cut
    start = pieces[cut][0]
    if not _OFFICE_OF.search(text, max(0, start - 40), start):
        return cut
    return next((i for i in range(cut, len(pieces) - 1) if pieces[i][2] in given), cut)


def _surnames(text: str, runs: list[tuple[int, int]], found: list[Name]) -> Iterator[Name]:
    """Yield the surnames that are words ("May") among the runs that seemed to hold no name.

    ``found`` are the names of the text: one of them has to end in the word.
    """
    full = (name.text.split() for name in found if " " in name.text)
    words = {parts[-1] for parts in full if parts[-1].lower() in _WORDS}
    if not words:
        return
    for first, last in runs:
        pieces = [(m.start(), m.end(), m.group()) for m in PIECES.finditer(text, first, last)]
        start, end, word = pieces[-1]
        titled = len(pieces) > 1 and pieces[-2][2].rstrip(".").lower() in COURTESY
        opens = not titled and _opens_sentence(text, start)
        if word not in words or (opens and not _VERB_AFTER.match(text, end)):
            continue
        if word.lower() in MONTHS and _IN_DATE.search(text, max(0, start - 12), end):
            continue
        title_start = pieces[-2][0] if titled else start
        title = text[title_start:start].strip() or None
        if titled or opens or not _DETERMINED.search(text, max(0, start - 12), start):
            yield Name(start, end, word, title, None, title_start, opens)


def _keeps_stop(text: str, piece: _Piece) -> bool:
    start, end, word = piece
    return text.find(".", start, end - 1) >= 0 or word in SUFFIXES or end - start == 2


def _kind_hint(name: str, title: str | None) -> KindHint | None:
    """Guess what a name names from its form and its title alone."""
    words = name.split()
    first, last = words[0].lower(), words[-1].rstrip(".").lower()
    if name in _PLACES:
        return "place"
    is_body = last in ORGANISATION_WORDS or first in OF_HEADS or _BODY_OF.match(name)
    is_branch = words[-1].isupper() and words[-1] in _PLACES  # "Age UK"
    if (is_body or is_branch) and len(words) > 1:
        return "organisation"
    if title and _PERSONAL.intersection(title.lower().replace(".", "").split()):
        return "person"
    if last in PLACE_WORDS and len(words) > 1:
        return "place"
    shouted = name.isupper() and (2 <= len(name) <= 6 or "-" in name)  # "FWS", "KTUL-TV"
    if len(words) == 1 and (shouted or _CAMEL.search(name)):
        return "organisation"
    return "person" if len(words) > 1 and _PERSON_FORM.search(name) else None
