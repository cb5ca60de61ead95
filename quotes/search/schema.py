"""What ``quotes sql --schema`` prints: the views and their columns, then the tables."""

from __future__ import annotations

VIEWS: dict[str, tuple[str, dict[str, str]]] = {
    "quote_list": (
        "one row a canonical quote: one statement made once by one speaker",
        {
            "id": "the quote's number, as in `quotes show`",
            "speaker": "name of the speaker",
            "speaker_slug": "the speaker's lasting identifier, such as vladimir-putin",
            "text": "the canonical wording (one that was really printed)",
            "first_published": "date of the first printing",
            "last_published": "date of the latest printing",
            "variants": "how many distinct wordings were printed",
            "renderings": "how many printings there are",
            "outlets": "how many outlets printed it (an article without a known outlet counts "
            "as one)",
            "divergent": "how many wordings may change the meaning",
        },
    ),
    "quotation_list": (
        "one row a quotation: one stretch between quotation marks in one article",
        {
            "id": "the quotation's number",
            "article_id": "the article, see the table articles",
            "speaker": "name of the speaker, NULL where nobody was found",
            "speaker_slug": "the speaker's lasting identifier",
            "speaker_type": "person, organisation, group or anonymous",
            "text": "what was printed, marks included",
            "kind": "direct (a clause or more), mixed (a fragment), none (no speech: a title, "
            "a nickname ...)",
            "kind_confidence": "0 to 1: confidence in that it is speech, or (none) that it is not; "
            "NULL if an older program stored it",
            "mention": "the words of the article that name the source",
            "cue": "the words that introduce the speech",
            "outlet": "name of the outlet",
            "title": "title of the article",
            "url": "address of the article",
            "source": "the file or id that the article was read from",
            "published": "date of the article",
            "confidence": "0 to 1: confidence in the speaker",
            "rule": "the rule that made the attribution",
            "reason": "why nobody was found",
            "quote_id": "the quote that its longest rendering belongs to (it may hold several: "
            "see rendering_list)",
            "start": "where it begins in the article's body (write it in double quotes)",
            "end": "where it ends (write it in double quotes)",
        },
    ),
    "variant_list": (
        "one row a distinct wording of a quote",
        {
            "id": "the variant's number",
            "quote_id": "the quote",
            "speaker": "name of the speaker",
            "speaker_slug": "the speaker's lasting identifier",
            "text": "the wording",
            "relation": "to the canonical wording: canonical, trimmed, reworded or divergent",
            "renderings": "how many printings it has",
            "outlets": "how many outlets printed it",
            "first_published": "date of its first printing",
        },
    ),
    "ambiguity_list": (
        "one row a printed fragment and a further quote that it fits, too",
        {
            "rendering_id": "the fragment's number",
            "quote_id": "the quote that it fits best, and stands with",
            "speaker": "name of the speaker",
            "text": "the fragment as printed",
            "also_quote_id": "the other quote",
            "also_text": "its canonical wording",
        },
    ),
    "judgement_list": (
        "one row a judgement: what a person decided, and whether that holds",
        {
            "id": "the judgement's number, as in `quotes judge log`",
            "kind": "attribution, kind, same, different; add, alias, rename, confirm, merge and "
            "split (of a speaker); undo",
            "speaker": "identifier of the speaker that it is about",
            "value": "what was decided",
            "why": "the reason given",
            "by": "who decided (write it in double quotes)",
            "at": "when",
            "undoes": "for undo: the number of the judgement taken back",
            "undone_by": "who took it back; NULL where it stands",
            "undone_at": "when it was taken back; NULL where it stands",
        },
    ),
    "rendering_list": (
        "one row a printed statement (a long quotation holds several)",
        {
            "id": "the rendering's number",
            "quote_id": "the quote, NULL where nobody was found",
            "variant_id": "the wording",
            "quotation_id": "the quotation that holds it",
            "article_id": "the article",
            "source": "the file or id that the article was read from",
            "start": "where the quotation begins in the body (write it in double quotes)",
            "end": "where the quotation ends (write it in double quotes)",
            "rendering_start": "where the statement begins in the body",
            "rendering_end": "where the statement ends",
            "text": "the statement as printed",
            "speaker": "name of the speaker",
            "speaker_slug": "the speaker's lasting identifier",
            "outlet": "name of the outlet",
            "title": "title of the article",
            "url": "address of the article",
            "published": "date of the article",
            "relation": "canonical, identical, trimmed, reworded or divergent",
            "score": "0 to 1: how like the canonical wording it is",
            "confidence": "0 to 1: confidence in the speaker",
        },
    ),
}


def tables() -> list[tuple[str, str, list[str]]]:
    """Return the name of every table, what it holds, and its columns; in order of names."""
    from quotes.database.engine.models import Base

    return [
        (
            model.__tablename__,
            (model.__doc__ or "").split("\n")[0].replace("``", ""),
            [column.name for column in model.__table__.columns],
        )
        for model in sorted(Base.__subclasses__(), key=lambda model: model.__tablename__)
    ]


def schema_text() -> str:
    """Return the description of all views and tables, as plain text."""
    lines = ["Views (start here)"]
    for view, (what, columns) in VIEWS.items():
        width = max(map(len, columns))
        lines += ["", f"{view}: {what}"]
        lines += [f"  {column:<{width}}  {meaning}" for column, meaning in columns.items()]
    lines += ["", "", "Tables"]
    for name, what, names in tables():
        lines += ["", f"{name}: {what}", f"  {', '.join(names)}"]
    return "\n".join(lines)
