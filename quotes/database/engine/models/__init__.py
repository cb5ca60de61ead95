"""The tables, as typed SQLAlchemy models. Offsets are code points into ``articles.body``.

They are here together, whichever room writes them: their foreign keys lead from room to room.
People who write SQL should start from the views, see ``quotes.database.engine.views``.
"""

from quotes.database.engine.models.base import Base, now
from quotes.database.engine.models.extractions import (
    Article,
    Attribution,
    Quotation,
    Run,
)
from quotes.database.engine.models.judgements import (
    JUDGED,
    JUDGEMENT_LIST,
    MERGE_LIST,
    Judgement,
    JudgementKind,
    JudgementPlace,
    stands,
)
from quotes.database.engine.models.quotes import (
    Ambiguity,
    FormerQuote,
    Option,
    Quote,
    Rendering,
    RenderingKey,
    Variant,
    Voice,
    VoiceKey,
)
from quotes.database.engine.models.registry import (
    Origin,
    Outlet,
    Speaker,
    SpeakerName,
    SpeakerRole,
)

__all__ = [
    "JUDGED",
    "JUDGEMENT_LIST",
    "MERGE_LIST",
    "Ambiguity",
    "Article",
    "Attribution",
    "Base",
    "FormerQuote",
    "Judgement",
    "JudgementKind",
    "JudgementPlace",
    "Option",
    "Origin",
    "Outlet",
    "Quotation",
    "Quote",
    "Rendering",
    "RenderingKey",
    "Run",
    "Speaker",
    "SpeakerName",
    "SpeakerRole",
    "Variant",
    "Voice",
    "VoiceKey",
    "now",
    "stands",
]
