from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.search.review.agreement import agreement, kappa
from tests.factories import article, says
from tests.stored import add


def test_kappa_is_agreement_beyond_chance() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1
    assert kappa([("a", "b"), ("b", "a")]) == -1
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0
    assert kappa([("a", "a")]) is None
    # Cohen 1960: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no give 0.4.
    table = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(table) == pytest.approx(0.4)


def test_two_readers_of_every_queue(session: Session) -> None:
    people = ["Ada Quill", "Bo Reed", "Cleo Marsh"]
    add(session, [article(*(says(who, f"The harbour of {who} stays.") for who in people))])
    ann, bea = Judge(session, "Ann"), Judge(session, "Bea")
    ann.attribution(1, "ada-quill"), bea.attribution(1, "ada-quill")
    ann.attribution(2, "bo-reed"), bea.kind(2, "none")
    ann.attribution(3, "bo-reed")  # nobody else read it
    ann.apart("bo-reed", "ada-quill"), bea.apart("ada-quill", "bo-reed")
    undone = bea.attribution(3, "bo-reed")
    bea.undo(undone)
    with session.begin():
        speakers, names = agreement(session.connection())
    assert (speakers.queue, speakers.readers) == ("speakers", ("Ann", "Bea"))
    assert (speakers.items, speakers.agreed, speakers.apart) == (2, 1, ("n2",))
    assert (names.queue, names.items, names.agreed, names.kappa) == ("names", 1, 1, None)
