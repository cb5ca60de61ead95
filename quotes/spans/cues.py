"""The speech verbs that the shape of a quotation hangs on.

A small closed list: enough to see a reporter's clause where a mark was lost, and to see that a
fragment has a source nearby. Who speaks is decided elsewhere.
"""

from __future__ import annotations

import re

_VERBS = (
    r"(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|add(?:ed|s|ing)|ask(?:ed|s|ing)|repl(?:ied|ies|ying)"
    r"|answer(?:ed|s)|wr(?:ote|ites?|iting)|tweet(?:ed|s|ing)|post(?:ed|s|ing)|declar(?:ed|es|ing)"
    r"|stat(?:ed|es|ing)|announc(?:ed|es|ing)|warn(?:ed|s|ing)|argu(?:ed|es|ing)"
    r"|explain(?:ed|s|ing)|continu(?:ed|es)|conclud(?:ed|es)|recall(?:ed|s|ing)"
    r"|not(?:ed|es|ing)|insist(?:ed|s|ing)|claim(?:ed|s|ing)|joked?|quipped|shouted|cried|read"
    r"|respond(?:ed|s|ing)|admit(?:ted|s)|acknowledg(?:ed|es)|stress(?:ed|es)|tells|went on)"
)
_SUBJECT = (
    r"(?:he|she|they|we|I|it|who|one|(?:(?:the|a|an|his|her|their|one) (?:[\w’'-]+ ){0,3}[\w’'-]+"
    r"|(?:[A-Z][\w.’'-]*,? ?(?:of |de |van |von |al-|bin )?){1,6}))"
)
SPEECH_VERB = re.compile(rf"\b{_VERBS}\b", re.IGNORECASE)
REPORTER_CLAUSE = re.compile(
    rf"(?P<mark>[,?!.…]|\s?[—–])\s+(?:{_SUBJECT}\s*\b{_VERBS}\b"
    rf"|{_VERBS}\s+(?:he|she|they|we|I|the|a|an|one|[A-Z][\w.-]*)\b|according to\b)"
)
"""Where direct speech ends and the reporter goes on; ``mark`` still belongs to the speech."""

REPORTING_VERB = re.compile(
    r"\b(?:call(?:ed|s|ing)?|describ(?:e[sd]?|ing)|accus(?:e[sd]?|ing)|prais(?:e[sd]?|ing)"
    r"|critici[sz](?:e[sd]?|ing)|condemn(?:ed|s|ing)?|denounc(?:e[sd]?|ing)|dismiss(?:ed|es|ing)?"
    r"|blast(?:ed|s|ing)?|slam(?:med|s|ming)?|mock(?:ed|s|ing)?|label(?:l?ed|s|l?ing)?"
    r"|brand(?:ed|s|ing)|dubb(?:ed|ing)|den(?:y|ied|ies|ying)|urg(?:e[sd]?|ing)|vow(?:ed|s|ing)?"
    r"|pledg(?:e[sd]?|ing)|promis(?:e[sd]?|ing)|predict(?:ed|s|ing)?|suggest(?:ed|s|ing)?"
    r"|believ(?:e[sd]?|ing)|th(?:inks?|ought)|fear(?:ed|s)|report(?:ed|s|ing)?|cit(?:ed|es|ing)"
    r"|referr(?:ed|ing)|refers|express(?:ed|es|ing)|prais(?:ed|es)|reject(?:ed|s|ing)?"
    r"|compar(?:ed|es|ing)|characteri[sz](?:ed|es|ing)|propos(?:ed|es|ing)|demand(?:ed|s|ing)?"
    r"|complain(?:ed|s|ing)|conced(?:ed|es|ing)|contend(?:ed|s|ing)|assert(?:ed|s|ing)"
    r"|maintain(?:ed|s|ing)|boast(?:ed|s|ing)|declin(?:ed|es)|agree(?:d|s)|promot(?:ed|es|ing)"
    r"|chant(?:ed|s|ing)?|yell(?:ed|s|ing)|scream(?:ed|s|ing)|lik(?:ened|ens)|rul(?:ed|es|ing)"
    r"|appl(?:aud|auded|auds)|attack(?:ed|s|ing)|rail(?:ed|s|ing)|hail(?:ed|s|ing)"
    r"|lament(?:ed|s|ing)|pronounc(?:ed|es)|emphasi[sz](?:ed|es|ing)|testif(?:ied|ies|ying))\b",
    re.IGNORECASE,
)
"""Verbs that report somebody's words or view without always introducing speech."""
