from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from quotes.database.engine.models import Attribution, Quotation, Speaker
from quotes.database.extractions.answers import ANSWER, answer, new_answer
from tests.factories import article, says
from tests.stored import add


def test_the_stored_answer_is_the_one_that_was_given(session: Session) -> None:
    extracted = article(
        says("Ada Quill", "The harbour stays.", confidence=0.7),
        says(None, "Nobody knows.", confidence=0.3),
        says("Ada Quill", "Queen of the Quay", kind="none"),
    )
    add(session, [extracted])
    query = (
        select(Attribution, Speaker.slug, Quotation.kind, Quotation.kind_confidence)
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .order_by(Quotation.id)
    )
    with session.begin():
        stored = [answer(*row) for row in session.execute(query)]
    assert stored == [new_answer(item) for item in extracted.quotations]
    assert stored[0]["speaker"] == "ada-quill"
    assert stored[1]["reason"] == "no source named"
    assert set(ANSWER) < stored[0].keys()
