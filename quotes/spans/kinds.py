"""Tell speech from titles, nicknames, scare quotes and words as words, by surface alone.

Rules that name a reason come first; what they leave is weighed (``score.py``).
"""

from __future__ import annotations

import re
from typing import Literal

from quotes.english.lexicon import MINOR, any_of, tagged
from quotes.english.wordnet import is_person
from quotes.records import Kind
from quotes.spans.context import Context
from quotes.spans.cues import SPEECH_VERBS
from quotes.spans.score import features, load_speech_model

THRESHOLD = 0.4
"""Below this probability a quotation counts as no speech: to lose one is worse than a stray title.

Higher ones gain little in cross-validation (F1 0.980 instead of 0.979).
"""

RULED_OUT = 0.95
"""Confidence in the rules that name a reason, and in that for slogans.

They were wrong about one in twenty on PolNeAR dev; too few cases to part the rules.
"""

_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"\s*(?:https?:|www\.|[\w.-]+\.(?:com|org|net|gov)\b)\S*\s*")
_WORKS = rf"(?:{any_of('work')})"
_PARTS = rf"(?:{any_of('of-work')})"
_TITLE_BEFORE = re.compile(
    rf"(?:\b{_WORKS},?|\b{_PARTS} (?:of|to|on|for)|[’']s|[sS][’']|\b(?:[Oo]n|[Ii]n|via|told|tells"
    r"|telling|sing(?:s|ing)?|sang|perform(?:s|ed|ing)?|watch(?:ed|es|ing)?|starr(?:ed|ing)|hosts?|hosted"
    r"|hosting|directed|co-?wrote|headlined))\s+\Z"
)
_TITLED = re.compile(
    r"\b(?:(?:en)?titled|headlined|[Ss]o-called|nicknamed|also called|known (?:\w+ )?as"
    rf"|(?:a|an|the|new|{any_of('possessive')}) (?:\w+ ){{0,3}}"
    rf"(?:{_WORKS}|story|piece|feature|chapter)"
    r"(?: \w+){0,3}(?<! who)(?<! that) (?:called|named|dubbed))(?:, \w+)?,?(?: (?:the|a|an))?\s+\Z"
)
_CALLED = re.compile(
    rf"(?:\b(?:{any_of('be')})(?: also| now| simply)?|,)"
    r" (?:called|code-?named|dubbed|entitled|named|titled)\s+\Z"
)
"""What leads to a name of capitals: "the exhibition is called “Nine Nights”"."""
_SHOW_AFTER = re.compile(rf"\s(?:\w+ )?(?:{any_of('behind-work')})\b")
_GARMENT_AFTER = re.compile(rf"[\s-](?i:{any_of('garment')})\b")
_INSCRIBED = rf"(?i:{any_of('garment', 'inscribed')})"
_READS = r"(?:reads?|reading|says?|said|saying)"
_INSCRIPTION = re.compile(
    rf"(?:\b{_INSCRIBED},? (?:(?:that|which) (?:[\w’'-]+ ){{0,8}})?{_READS}"
    rf"|\A\W*(?i:the|an?|one|another) (?:[\w-]+ ){{0,2}}{_INSCRIBED} (?:\w+ )?{_READS})[,:]?\s+\Z"
)
_SLOGAN = re.compile(
    rf"\b(?:\w+(?:ed|ing)|held|bore)\s(?:[\w’'-]+\s){{0,3}}?{_INSCRIBED}"
    rf"(?:,?\s(?:that\s|which\s)?(?:{_READS}|with))?[:,]?\s+"
    r"(?:[“\"][^”\"]{1,60}[”\"],?\s(?:and\s|or\s)?){0,6}\Z"
)
"""What leads to the slogans of those who carry them: "students held signs: “Books”, “Bread”"."""
_APPOSED = re.compile(r"[a-z]{3,},\s\Z")
_WORD_NOUN = rf"(?:{any_of('label')})"
_UNUSED_WORD = re.compile(
    r"\b(?:not|never|neither|nor|no|without|refus\w+|fail\w*|avoid\w*|declin\w+|stopp?\w*|\w+n[’']t)\b"
    rf"[^.;]*\b(?:us(?:e|es|ed|ing)|utter\w*|mention\w*|say(?:ing)?|said) (?:of )?(?:\w+ ){{0,2}}"
    rf"{_WORD_NOUN}\s+\Z"
)
_OWNED = re.compile(r"(?:[’']s|s[’'])\Z")  # the “whistleblower’s” name
_ALIAS = re.compile(
    r"\b(?:call\w*\s(?:him|her|it|them)sel\w+|(?:by|under|us\w+)\sthe\s(?:\w+\s)?(?:name|alias|handle|"
    r"nickname|pseudonym)|alias)\s\Z",
    re.IGNORECASE,
)
_TERM_BEFORE = re.compile(
    r"\b(?:(?:goes?|went|going) by|(?:the|under the|by the|a) (?:nick)?name(?: of)?"
    r"|alias|a\.?k\.?a\.?"
    r"|what(?:[’']s| is| are| was| were) (?:\w+ )?(?:called|known as|termed)"
    rf"|\b(?:{any_of('they', 'people')}) (?:\w+ )?call"
    r"|(?:type|kind|form|sort|brand|version) of)[,:]?(?: (?:the|an?))?\s+\Z"
)
_TERM_OF_PEOPLE = re.compile(
    r"\b(?P<who>[a-z]+)s (?:\w+ )?(?:call|term|refer to as)(?: the| an?)?\s+\Z"
)
"""What leads to the word that those of a trade have for something: "what sailors call “bights”"."""
_SOURCES = tagged("source")
_WORD_AS_SUBJECT = re.compile(rf"(?:\A|[.!?]\s)(?:The|This) {_WORD_NOUN} \Z")
_FAMOUS = re.compile(r"\b(?:known|famous|remembered|nominated) for(?: the)? \Z")
_MOTTO = re.compile(rf"\b(?:{any_of('motto')})[,:]?\s+\Z", re.I)
_MOTTO_AFTER = re.compile(
    r"\s(?:is|was|as|remains) (?:the|a|an|its|their|our) (?:[\w.’'-]+ ){0,3}?(?:"
    rf"{any_of('for-words')})\b"
)
_IS_WORD = re.compile(r"\s(?:is|was|isn[’']t|means|meant|comes from|refers to|stands for)\b")
_PRONOUNS = tagged("he", "she", "it", "they", "we")
_NAME_BEFORE = re.compile(r"(?:\A|[\s(])[A-Z][\w’'-]*\.?\s\Z")
_INTRODUCTION = re.compile(r"([a-z]+)[,:]\Z")
_JOINT = re.compile(r",?(?: (and|or|&))? |/")
_CRIES = frozenset("!?")
_SPEECH_END = frozenset(".,!?…—–-")
_PAUSES = frozenset('.!?:;,—–…"”’)')


Against = Literal[
    "markup", "no-words", "address", "title", "titled", "word-as-word", "nickname", "sign",
    "scare-quotes", "no-prose",
]  # fmt: skip
"""Why a quotation is not speech."""

Decision = tuple[Kind, str, float]
"""A kind, the name of the rule that decided, and the confidence.

The confidence (0-1) is the probability that the quotation is speech, or, where the kind is
``none``, that it is not.
"""


def ruled_out(reason: Against) -> Decision:
    """Return the decision about a quotation that a rule names as no speech."""
    return "none", reason, RULED_OUT


def weigh(context: Context) -> Decision:
    """Return the decision about a quotation that no rule names."""
    speech = load_speech_model().probability(context)
    if context.continued:
        return "direct", "continued-speech", speech
    if speech < THRESHOLD and _SLOGAN.search(context.before):
        return "mixed", "slogan", RULED_OUT
    if speech < THRESHOLD and not context.headline:
        return "none", "title" if context.title_case else "scare-quotes", 1.0 - speech
    return ("direct", "clause", speech) if _is_clause(context) else ("mixed", "fragment", speech)


def reason_against(context: Context) -> Against | None:
    """Return why a quotation is no speech, where its own look or its neighbours say so."""
    if context.body[max(0, context.start - 1) : context.start] == "=":
        return "markup"
    if not _LETTER.search(context.inner):
        return "no-words"
    if _ADDRESS.fullmatch(context.inner):
        return "address"
    if context.continued:
        return None
    if context.zone == "entry":
        return "title"
    count = len(context.words)
    cries = context.last in _CRIES and not context.title_case
    if count <= 12 and _TITLED.search(context.before[-80:]) and not cries:
        return "titled"
    if _is_word(context):
        return "word-as-word"
    if _SLOGAN.search(context.before):
        return None
    if context.title_case and count <= 15 and _is_title(context):
        return "title"
    if count <= 2 and context.title_case and context.bare and _is_nickname(context):
        return "nickname"
    return "sign" if _is_sign(context) else None


def _is_sign(context: Context) -> bool:
    """“Save the Harbour” hats; a sign that reads “Harbour 2025”: a name, and no statement."""
    count = len(context.words)
    if count <= 6 and _GARMENT_AFTER.match(context.after):
        return True
    named = count <= 3 and context.title_case and context.bare
    return named and bool(_INSCRIPTION.search(context.before))


def joined(body: str, end: int, context: Context) -> bool:
    """Say whether a quotation goes on with a list whose last member ends at ``end``.

    "And" or "or" joins a short one; a comma joins a title, since speech may follow it as well. What
    such a list begins with (titles, words as words) holds for all of it.
    """
    if not 0 < context.start - end <= 8 or len(context.words) > 8 or context.continued:
        return False
    between = _JOINT.fullmatch(body, end, context.start)
    return bool(between and (between[1] or context.title_case))


def _is_title(context: Context) -> bool:
    if _SHOW_AFTER.match(context.after) and context.bare:
        return True
    if _CALLED.search(context.before[-40:]) or _FAMOUS.search(context.before[-40:]):
        return context.last not in _CRIES
    if _TITLE_BEFORE.search(context.before[-40:]):
        return not context.headline and context.last not in _CRIES
    if 1 < len(context.words) <= 4 and context.bare and _APPOSED.search(context.before):
        return "no-cue" in features(context) and not context.headline
    starts = context.first_in_sentence and bool(context.after.strip())
    return starts and context.bare and context.next[:1].islower() and not context.headline


def _is_nickname(context: Context) -> bool:
    """``Robert "Bobby" Miller``, a name on both sides; or what somebody calls themselves."""
    named = all(word[0].isupper() for word in context.words)
    if named and _ALIAS.search(context.before[-40:]):
        return True
    after = re.match(r"\s[A-Z][a-z]", context.after)
    return bool(after and _NAME_BEFORE.search(context.before[-40:])) and not context.headline


def _is_word(context: Context) -> bool:
    count = len(context.words)
    if count == 1 and context.words[0].lower() in _PRONOUNS:
        return True
    if count <= 2 and _OWNED.search(context.inner) and context.next[:1].islower():
        return True
    if count <= 5 and _TERM_BEFORE.search(context.before[-60:]):
        return True
    if count <= 5 and _is_term_of_people(context.before[-60:]):
        return True
    if count <= 5 and _WORD_AS_SUBJECT.search(context.before[-30:]) and context.next[:1].islower():
        return True
    if count <= 6 and (
        _UNUSED_WORD.search(context.before[-100:])
        or _MOTTO.search(context.before[-40:])
        or _MOTTO_AFTER.match(context.after)
    ):
        return True
    if not context.first_in_sentence or not context.bare:
        return False
    term = count == 1 or (count <= 3 and not context.title_case)
    return term and bool(_IS_WORD.match(context.after))


def _is_term_of_people(before: str) -> bool:
    """Tell whether a plain term follows: what "sailors" call it, not "critics", who judge by it."""
    found = _TERM_OF_PEOPLE.search(before)
    return bool(found and f"{found['who']}s" not in _SOURCES and is_person(found["who"]))


def _is_clause(context: Context) -> bool:
    """Say whether a quotation is a full clause or sentence rather than a fragment."""
    before = context.before.rstrip()
    capital = next((char.isupper() for char in context.inner if char.isalpha()), False)
    introduction = _INTRODUCTION.search(before)
    if introduction and introduction[1] in SPEECH_VERBS and capital:
        return True
    if context.title_case and not context.first_in_sentence:
        return False
    count = len(context.words)
    if not before or before[-1] in _PAUSES:
        finished = context.last in _SPEECH_END and (capital or not before)
        return finished or (count >= 4 and not context.title_case)
    return capital and count >= 4 and context.words[0] not in MINOR
