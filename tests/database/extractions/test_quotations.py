from __future__ import annotations

from sqlalchemy.orm import Session

from quotes.database.extractions.articles import add_article
from quotes.database.extractions.quotations import (
    add_attributions,
    add_quotations,
    add_renderings,
)
from quotes.database.extractions.runs import start_run
from quotes.database.registry.speakers import speaker_ids
from tests.factories import article, says, with_links
from tests.stored import fetch

EXTRACTED = with_links(
    article(
        says("Ada Quill", "The harbour stays.", "The ferry goes."),
        says("Ada Quill", "so be it", kind="mixed"),
        says(None, "Nobody knows."),
    ),
    child=1,
    parent=0,
)


def test_quotations_attributions_and_statements_belong_together(session: Session) -> None:
    with session.begin():
        key, _ = add_article(session, EXTRACTED.article, None)
        speakers = speaker_ids(session, EXTRACTED.quotations)
        stored = add_quotations(session, EXTRACTED, key)
        add_attributions(session, EXTRACTED, stored, speakers, start_run(session, "none"))
        said = add_renderings(session, EXTRACTED, key, stored)
    rows = fetch(session, "SELECT text, kind, parent_id, continues_id FROM quotations ORDER BY id")
    assert rows == [
        ("“The harbour stays. The ferry goes.”", "direct", None, None),
        ("“so be it”", "mixed", stored[0], stored[0]),
        ("“Nobody knows.”", "direct", None, None),
    ]
    assert fetch(
        session,
        "SELECT t.quotation_id, s.slug, t.reason FROM attributions t"
        " LEFT JOIN speakers s ON s.id = t.speaker_id ORDER BY t.id",
    ) == [
        (stored[0], "ada-quill", None),
        (stored[1], "ada-quill", None),
        (stored[2], None, "no source named"),
    ]
    assert [at for _, at in said] == [0, 0, 1, 2]
    assert fetch(session, "SELECT id, quotation_id FROM renderings ORDER BY id") == [
        (rendering, stored[at]) for rendering, at in said
    ]


def test_an_article_may_hold_none(session: Session) -> None:
    empty = article()
    with session.begin():
        key, _ = add_article(session, empty.article, None)
        assert list(add_quotations(session, empty, key)) == []
        add_attributions(session, empty, [], [], start_run(session, "none"))
        assert add_renderings(session, empty, key, []) == []
