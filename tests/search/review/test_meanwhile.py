from __future__ import annotations

from quotes.api.judging import Judge
from quotes.database.session import open_reader
from quotes.search.review.meanwhile import Said, last_judgement, said_since


def test_what_was_said_since_somebody_looked(stocked_url: str) -> None:
    def said(*about: str, seen: int = 0) -> list[Said]:
        with open_reader(stocked_url) as connection:
            return said_since(connection, about, seen)

    judge = Judge(stocked_url, "Ann")
    number = judge.attribution("n1", "bruno-quill")
    assert said("n1") == [Said(number, "Ann", "attribution", "bruno-quill")]
    assert said("n1", seen=number) == said("n2") == []
    apart = judge.apart("ada-quill", "bruno-quill")
    assert [one.id for one in said("bruno-quill", "ada-quill")] == [apart]
    different = judge.different("r2", "r4")
    assert different in {one.id for one in said("r2", "r4")}
    with open_reader(stocked_url) as connection:
        assert last_judgement(connection) >= different
    judge.undo(number)
    assert said("n1") == []


def test_nothing_was_judged_yet(database_url: str) -> None:
    with open_reader(database_url) as connection:
        assert last_judgement(connection) == 0
