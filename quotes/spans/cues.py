"""The verbs of saying that the shape and the kind of a quotation hang on.

A small closed list: enough to see a reporter's clause where a mark was lost, and to see that a
fragment has a source nearby. Who speaks is decided elsewhere.
"""

from __future__ import annotations

import re

from quotes.cues import inflect


def _verbs(regular: str, irregular: str) -> frozenset[str]:
    forms = (form for verb in regular.split() for form in inflect(verb))
    return frozenset(forms) | frozenset(irregular.split())


SPEECH_VERBS = _verbs(
    "add ask reply answer tweet post declare state announce warn argue explain continue conclude "
    "recall note insist claim joke quip shout respond acknowledge stress",
    "say says said saying tell tells told telling write writes wrote writing cry cries cried read "
    "reads admit admits admitted admitting",
)
"""Verbs that introduce speech, in every form, lower case."""

REPORTING_VERBS = _verbs(
    "call describe accuse praise criticize criticise condemn denounce dismiss blast mock label "
    "brand deny urge vow pledge promise predict suggest believe fear report cite express reject "
    "compare characterize characterise propose demand complain concede contend assert maintain "
    "boast decline agree promote chant yell scream liken rule applaud attack rail hail lament "
    "pronounce emphasize emphasise testify ridicule",
    "slam slams slammed slamming labelled labelling dub dubbed dubbing refer refers referred "
    "referring think thinks thought",
)
"""Verbs that report somebody's words or view without always introducing speech."""

_VERB = rf"(?:{'|'.join(sorted(SPEECH_VERBS))}|went on)\b"
_NAME = r"[A-Z][\w.’'-]*"
_SUBJECT = (
    rf"(?:he|she|they|we|I|it|who|one|(?:the|a|an|his|her|their|one)(?: [\w’'-]+){{1,4}}"
    rf"|{_NAME}(?:,? (?:of |de |van |von )?{_NAME}){{0,5}})"
)
_INVERTED = rf"{_VERB} (?:he|she|they|we|I|the|a|an|one|{_NAME})\b"
REPORTER_CLAUSE = re.compile(
    rf"(?P<mark>[,?!.…]|\s?[—–])\s+(?:{_SUBJECT} {_VERB}|{_INVERTED}|according to\b)"
)
"""Where direct speech ends and the reporter goes on; ``mark`` still belongs to the speech."""

CLAUSE_ALONE = re.compile(rf"\s*(?:{_SUBJECT} {_VERB}|{_INVERTED})[^.!?]{{0,30}}\W*")
"""A stretch that is a reporter's clause and nothing else."""
