"""What an identifier means: which quote, quotation, variant, rendering or article.

People write q86, n123, v34, r56 and a7. A number without its letter is taken only where nothing
else has that number.
"""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quotes.database.session import Connection
from quotes.errors import UnknownError, UsageError
from quotes.ids import SORTS, Id, Letter, parse_id
from quotes.search.permalinks import heir
from quotes.search.reading import ask

_READ: dict[Letter, str] = {
    "q": "SELECT text, speaker AS whose FROM quote_list WHERE id = :id",
    "n": "SELECT text, outlet AS whose FROM quotation_list WHERE id = :id",
    "v": "SELECT text, speaker AS whose FROM variant_list WHERE id = :id",
    "r": "SELECT text, outlet AS whose FROM rendering_list WHERE id = :id",
    "a": "SELECT coalesce(title, source) AS text, outlet AS whose FROM article_list WHERE id = :id",
}

_QUOTATIONS: dict[Letter, str] = {
    "q": "quote_id = :id",
    "n": "quotation_id = :id",
    "v": "variant_id = :id",
    "r": "id = :id",
}

_HINTS: dict[Letter, str] = {
    "q": "`quotes search` finds quotes",
    "n": "`quotes show` and `quotes review` print their numbers",
    "v": "`quotes show` prints their numbers",
    "r": "`quotes show` prints their numbers",
    "a": "`quotes articles list` prints their numbers",
}

_ARTICLES: dict[Letter, str] = {
    "q": """SELECT r.article_id FROM former_quotes f JOIN renderings r ON r.id = f.rendering_id
             WHERE f.quote_id = :id""",
    "n": "SELECT article_id FROM quotations WHERE id = :id",
    "r": "SELECT article_id FROM renderings WHERE id = :id",
    "a": "SELECT id FROM articles WHERE id = :id",
}
"""The article of what may be there no more; a variant leaves no trace."""

_REMOVED = """
SELECT a.id, coalesce(a.title, a.source) AS text, j.id AS judgement, j."by", j.at
  FROM articles a
  JOIN judgement_places p ON p.article_id = a.id
  JOIN judgement_list j ON j.id = p.judgement_id
 WHERE a.removed AND j.kind = 'remove' AND j.undone_at IS NULL AND a.id IN ({})
 ORDER BY j.id"""

_SHORT = 50
_LISTED = 10


@dataclass(frozen=True, slots=True)
class Meant:
    """What an identifier means, for certain."""

    letter: Letter
    number: int

    def __str__(self) -> str:
        return f"{self.letter}{self.number}"


def find_meant(connection: Connection, given: Id, letters: str) -> Meant:
    """Return what ``given`` means; ``letters`` are the sorts that may be meant.

    A quote whose words another one took over means that one. Raises UsageError if there is no such
    thing, or a bare number may mean several: they are named.
    """
    written = parse_id(given, letters)
    sorts = [
        one for one in SORTS if one == written.letter or (not written.letter and one in letters)
    ]
    readings = {
        letter: _short(row.text) + (f", {row.whose}" if row.whose else "")
        for letter in sorts
        for row in ask(connection, _READ[letter], {"id": written.number})
    }
    if not readings:
        into = heir(connection, written.number) if "q" in sorts else None
        if into is None:
            raise missing(connection, written.number, *sorts)
        return Meant("q", into)
    if len(readings) > 1:
        listed = " or ".join(
            f"{letter}{written.number} ({SORTS[letter]} {words})"
            for letter, words in readings.items()
        )
        raise UsageError(f"{written} may be {listed}: write the letter, too")
    return Meant(next(iter(readings)), written.number)


def missing(connection: Connection, number: int, *sorts: Letter) -> UnknownError:
    """Return what says that nothing of these sorts has this number.

    Where people removed its article, the error tells who did, when, and how to undo that.
    """
    for letter in sorts:
        home = _ARTICLES.get(letter)
        query = _REMOVED.format(home)
        for row in ask(connection, query, {"id": number}) if home else ():
            whole = f"a{row.id} ({_short(row.text)})"
            what = f"{whole} was" if letter == "a" else f"{letter}{number} is in {whole}, which was"
            return UnknownError(
                f"{what} removed by {row.by} on {str(row.at)[:10]}: "
                f"`quotes judge undo {row.judgement}` brings it back"
            )
    what = " or ".join(SORTS[letter] for letter in sorts)
    written = f"{sorts[0] if len(sorts) == 1 else ''}{number}"
    return UnknownError(f"there is no {what} {written}; {_HINTS[sorts[0]]}")


def quote_meant(connection: Connection, given: Id) -> int:
    """Return the quote (id) that an identifier of a quote, or of what it holds, means.

    Raises UsageError if there is none.
    """
    meant = find_meant(connection, given, "qnvr")
    if meant.letter == "q":
        return meant.number
    query = f"""SELECT quote_id FROM rendering_list WHERE {_QUOTATIONS[meant.letter]}
                 ORDER BY rendering_end - rendering_start DESC, id LIMIT 1"""
    for row in ask(connection, query, {"id": meant.number}):
        if row.quote_id is not None:
            return int(row.quote_id)
    raise UnknownError(
        f"{meant} belongs to no quote, since nobody was found who said it: "
        f"`quotes judge attribution {meant} NAME` says who"
    )


def quotation_meant(connection: Connection, given: Id) -> int:
    """Return the one quotation (id) that an identifier means.

    A quote, a variant or a rendering means the quotation that it is from, where that is one alone.
    Raises UsageError otherwise, naming those that may be meant.
    """
    meant = find_meant(connection, given, "qnvr")
    if meant.letter == "n":
        return meant.number
    query = f"""SELECT quotation_id, outlet, published FROM rendering_list
                 WHERE {_QUOTATIONS[meant.letter]}
                 GROUP BY quotation_id, outlet, published
                 ORDER BY published NULLS LAST, quotation_id"""
    found = list(ask(connection, query, {"id": meant.number}, dates=["published"]))
    if len(found) == 1:
        return int(found[0].quotation_id)
    listed = [_place(row.quotation_id, row.outlet, row.published) for row in found[:_LISTED]]
    raise UsageError(
        f"{meant} is in {len(found)} quotations: give one of {', '.join(listed)}"
        + (f" or another one that `quotes show {meant}` prints" if len(found) > _LISTED else "")
    )


def _place(number: int, outlet: str | None, published: date | None) -> str:
    facts: Sequence[object] = [fact for fact in (outlet, published) if fact is not None]
    return f"n{number} ({', '.join(map(str, facts))})" if facts else f"n{number}"


def _short(text: str) -> str:
    text = " ".join(text.split()).strip("\"“”„«»‘’'")
    return f"“{text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + '…'}”"
