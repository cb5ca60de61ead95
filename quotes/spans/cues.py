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
SPEECH_VERB = re.compile(rf"\b{_VERBS}\b")
REPORTER_CLAUSE = re.compile(
    rf"(?P<mark>[,?!.…]|\s?[—–])\s+(?:{_SUBJECT}\s*\b{_VERBS}\b"
    rf"|{_VERBS}\s+(?:he|she|they|we|I|the|a|an|one|[A-Z][\w.-]*)\b|according to\b)"
)
"""Where direct speech ends and the reporter goes on; ``mark`` still belongs to the speech."""
