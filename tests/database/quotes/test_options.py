from __future__ import annotations

from sqlalchemy.orm import Session

from quotes.database.quotes.options import is_semantic, meaning, set_semantic
from tests.stored import fetch


def test_a_new_database_compares_words_alone(session: Session) -> None:
    with session.begin():
        assert not is_semantic(session)
        assert meaning(session) is None


def test_what_is_chosen_holds_until_something_else_is(session: Session) -> None:
    for choice, stored in ((True, [("semantic",)]), (True, [("semantic",)]), (False, [])):
        with session.begin():
            set_semantic(session, choice)
        assert fetch(session, "SELECT name FROM options") == stored
        with session.begin():
            assert is_semantic(session) is choice
            assert (meaning(session) is not None) is choice
