"""What a database knows that a batch is handed: speakers, outlets, what people decided.

Without a database nothing of it is imported, which takes as long as all the rest.
"""

from __future__ import annotations

from quotes.distributed.schema import article_id, rendering_id, table
from quotes.distributed.statements import (
    JUDGED_ANSWERS,
    JUDGED_ARTICLES,
    JUDGED_OUTLETS,
    JUDGED_PAIRS,
    Judged,
)
from quotes.records import KnownSpeaker
from quotes.seeds import Outlet, load_outlets, load_speakers


def known_to(database: str | None) -> tuple[tuple[KnownSpeaker, ...], tuple[Outlet, ...]]:
    """Return the known speakers and outlets of a database, or those that come with the program."""
    if database is None:
        return tuple(load_speakers()), tuple(load_outlets())
    from quotes.database.batches import known_outlets
    from quotes.database.repository import Repository
    from quotes.database.session import open_session, prepare

    prepare(database)
    with open_session(database) as session:
        return tuple(Repository(session).known_speakers()), tuple(known_outlets(session))


def judged_in(database: str | None) -> Judged:
    """Return what people decided in a database about its articles; nothing without one."""
    if database is None:
        return Judged()
    from quotes.database.batches import standing_judgements
    from quotes.database.session import open_session, prepare

    prepare(database)
    with open_session(database) as session:
        found = standing_judgements(session)

    def article(row: dict[str, object]) -> str:
        return article_id(str(row["content_hash"]), str(row["address"]))

    def rendering(place: tuple[str, str, int, int]) -> str:
        content, address, start, end = place
        return rendering_id(article_id(content, address), start, end)

    pairs = [
        {
            "verdict": one.verdict,
            "left": rendering(one.left),
            "right": rendering(one.right),
            "number": one.number,
        }
        for one in found.pairs
    ]
    answers = [{**row, "article_id": article(row)} for row in found.answers]
    articles = [{**row, "article_id": article(row)} for row in found.articles]
    return Judged(
        table(answers, JUDGED_ANSWERS),
        table(articles, JUDGED_ARTICLES),
        table(found.outlets, JUDGED_OUTLETS),
        table(pairs, JUDGED_PAIRS),
    )
