"""Tells whose a text or another thing is: "Obama's speech", "the statement" that a body issued."""

from __future__ import annotations

import re

from quotes.english.cues import forms, load_lexicon
from quotes.english.document import Document
from quotes.english.lexicon import PUBLISHED, TEXTS, any_of, tagged
from quotes.english.patterns import alternatives
from quotes.english.segmentation import Stretches
from quotes.records import Span

_REACH = 1000  # characters over which it is remembered whose a text is
_OWNER = re.compile(
    rf"(?P<who>(?:{any_of('possessive')})\b|(?:[\w.’'-]+\s){{0,4}}?[\w’'-]+?(?=['’]s\s|s['’]\s))",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|by)\s(?P<who>[^,;]+)")
_SPEECH = rf"(?:{alternatives(load_lexicon().spoken)})"
_BEHIND = re.compile(
    r"\s(?:from|by)\s(?P<who>(?:[\w.’'-]+\s){0,6}?[\w.’'-]+)(?=[,.;:(“”\"\n]|\sand\san?\s"
    rf"|\s(?:\w{{3,}}ing|{any_of('relative', 'governing', 'finite')}|{_SPEECH})\b)"
)
"""Whose a text is, right behind it: "a statement by an aide confirming the plan said"."""
_ON_SITE = re.compile(
    r"\s(?:(?:posted|published)\s)?(?:on|from)\s(?P<who>(?:[\w.’'-]+\s){0,4}?[\w.’'-]+?)(?:['’]s|(?<=s)['’])?\s"
    rf"(?:official\s)?(?:[A-Z]\w+\s)?(?:{any_of('online')})\b"
)
"""Whose a text is by where it stands: "a document on the union's website"."""
_ISSUES = (
    rf"(?:put\sout|r[au]n|{_SPEECH}\swith"
    rf"|{alternatives(forms('issuing', 'past', 'third'))})"
)
_HOLDS = r"(?:held|bore|\w+ed)(?:\s(?:up|aloft))?"
INSCRIBED = TEXTS & tagged("inscribed", "garment")
"""Texts that somebody holds up: "a sign", "a banner"."""
_SENTENCE = 400
_ABOUT = re.compile(
    rf"(?:(?:^|\n)\s*|[.!?][”\"’']?\s)(?P<what>(?:(?i:the|this|that|{any_of('possessive')})"
    rf"|(?:[A-Z][\w.-]*\s){{0,2}}[A-Z][\w.-]*['’]s?)\s"
    rf"(?:[\w’'-]+\s){{0,2}}?(?:{'|'.join(sorted(TEXTS))}))\s(?=[a-z])"
)
_READS = re.compile(r"(?:\s(?:also|then|further))?\s(?:reads?|reading)\b")
_NAMED_TEXT = re.compile(
    rf"\b(?P<what>(?:{any_of('possessive', 'determiner')}|\w+['’]s?)\s(?:[\w’'-]+\s){{0,3}}?"
    rf"(?:{any_of('text', 'inscribed')}))\b",
    re.IGNORECASE,
)
_ALSO_MAKES = {
    "ruling": "ruled",
    "decision": "decided|ruled",
    "tweet": "tweeted",
    "lawsuit": "sued",
}
_SUBJECT = re.compile(
    rf"(?:^|[.!?:;,—–]\s|\b(?:{any_of('clause')})\s)"
    rf"(?P<who>[^.!?:;,—–]{{2,90}}?),?(?:\s(?:{any_of('perfect')}|\w+ly))*\s$"
)

_APPOSED = re.compile(
    r"(?:^|[.!?]\s)(?P<who>[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3}),\s(?:[a-z][^.!?;:—]*,\s)*$"
)
_INTERRUPTED = re.compile(r"(?:^|[.!?]\s)(?P<who>[^,.!?;:—]{2,90}),\s(?:[^.!?;:—]*,\s)?\Z")
"""A subject that something between commas parts from its verb: "The union, of Oslo, sent"."""
_ADJUNCT = re.compile(rf"(?:{any_of('preposition', 'subordinator')})\s", re.IGNORECASE)
_AND = re.compile(r"(?P<who>[^.]{2,}?)\s\w+ed\s(?:[^.]*\s)?and\Z")
_INNER_CLAUSE = re.compile(rf".*\b(?:{any_of('circumstance')})\s(?P<who>.{{2,}})\Z")


class Texts:
    """The texts that one article speaks of."""

    def __init__(self, document: Document, quoted: Stretches) -> None:
        self._body = document.text
        self._quoted = quoted

    def subject(self, at: int) -> Span | None:
        """Return the text that the last sentence before an offset is about: "The cable warned"."""
        return self._last(_ABOUT, at)

    def read(self, mention: Span) -> Span | None:
        """Return the text that "it" means where what follows is "read": "It read: …"."""
        reads = _READS.match(self._body, mention.end)
        return self._last(_NAMED_TEXT, mention.start) if reads else None

    def _last(self, pattern: re.Pattern[str], at: int) -> Span | None:
        """Return ``what`` a pattern finds last before an offset, outside quotation marks."""
        last = None
        for match in pattern.finditer(self._body, max(0, at - _SENTENCE), at):
            if not self._quoted.holds(match.start("what")):
                last = match
        return last and Span(*last.span("what"), last["what"])

    def issuer(self, mention: Span, noun: str) -> Span | None:
        """Return whose a text is by what was said of it before or beside it.

        "a statement from the leaders", "the campaign issued a statement", "the court ruled …".
        """
        behind = _BEHIND.match(self._body, mention.end) or self._on_site(mention, noun)
        if behind:
            return Span(*behind.span("who"), behind["who"])
        singular = noun.removesuffix("s")
        makes = _ALSO_MAKES.get(singular)
        named = alternatives(PUBLISHED) if singular in PUBLISHED else re.escape(singular)
        issues = _HOLDS if singular in INSCRIBED else _ISSUES
        phrase = re.compile(
            rf"\b(?:{named})s?\s(?:from|by)\s(?P<who>[^.,;:()“”\"\n]{{3,60}})"
            rf"|\b{issues}\s(?:out\s)?\w+\s(?:[\w-]+\s){{0,3}}?"
            rf"(?:{named})s?\b(?!\s(?:from|by)\s)"
            rf"|\b{_SPEECH}\b[^.;:“”\"\n]{{0,40}}?\s(?:in|through|via)\s\w+\s(?:[\w-]+\s){{0,3}}?"
            rf"(?:{named})\b(?!\s(?:from|by)\s)"
            rf"|\b[Ii]n\s(?:an?|his|her|its|their)\s(?:[\w-]+\s){{0,3}}?(?:{named})\b"
            r"[^.,;:“”\"\n]{0,40},\s(?P<speaker>[^.,;:“”\"\n]{2,60}?),?\s"
            rf"(?:(?:also|later|then|\w+ly)\s)?{_SPEECH}\b"
            + (rf"|\b(?:{makes})\b" if makes else "")
        )
        begin = max(0, mention.start - _REACH)
        for found in reversed(list(phrase.finditer(self._body, begin, mention.end))):
            if self._quoted.holds(found.start()):
                continue
            group = next((name for name in ("who", "speaker") if found[name]), None)
            if group:
                start, end = found.span(group)
                return Span(start, end, self._body[start:end])
            subject = self._subject(found.start())
            if subject:
                return subject
        return None

    def _on_site(self, mention: Span, noun: str) -> re.Match[str] | None:
        """Return whose website a text stands on: "a notice on the council’s Facebook page"."""
        head = mention.text.lower().rfind(noun)
        behind = mention.start + head + len(noun)
        return _ON_SITE.match(self._body, behind) if head >= 0 else None

    def _subject(self, verb: int) -> Span | None:
        """Return the words that stand as the subject of the verb at an offset."""
        begin = max(0, verb - 160)
        begin = max(begin, self._body.rfind("\n", begin, verb) + 1)
        before = self._body[begin:verb]
        found = _SUBJECT.search(before)
        if not found:
            return None
        ahead = before[: found.start("who")]
        # "X, the mayor of Y, issued", "the son of a man of X, Y, issued": not what is between
        found = _APPOSED.search(ahead) or self._interrupted(before, found) or found
        start, end = found.span("who")
        inner = _INNER_CLAUSE.match(found["who"])
        if inner:  # "which came out after Roe filed"
            start += inner.start("who")
        before_and = _AND.match(before, start, end)
        if before_and:  # "Roe smiled and lifted a sign"
            end = before_and.end("who")
        return Span(begin + start, begin + end, before[start:end])

    def _interrupted(self, before: str, found: re.Match[str]) -> re.Match[str] | None:
        """Return the subject ahead of what ``found`` is, if that stands between two commas."""
        between = before[found.end("who") :].startswith(",")
        ahead = _INTERRUPTED.search(before[: found.start("who")]) if between else None
        return ahead if ahead and not _ADJUNCT.match(ahead["who"]) else None


def origin(mention: Span) -> Span | None:
    """Return the part of a mention that names whose a thing is: "Obama's" speech, a letter "from
    his doctor", "his" concerns; None if no part does.
    """
    found = _FROM.search(mention.text) or _OWNER.match(mention.text)
    if not found:
        return None
    start, end = found.span("who")
    return Span(mention.start + start, mention.start + end, mention.text[start:end])
