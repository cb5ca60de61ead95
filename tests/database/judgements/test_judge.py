from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.judgements.log import read_log
from quotes.database.repository import Repository
from quotes.database.seed import seed
from quotes.database.session import open_reader, open_session
from quotes.errors import UsageError
from quotes.search.lookup import find_speaker
from quotes.search.speakers import list_speakers
from tests.factories import article, says

State = dict[str, list[tuple[object, ...]]]

QUERIES = {
    "quotations": "SELECT id, speaker_slug, kind, rule, confidence, reason FROM quotation_list",
    "quotes": "SELECT id, speaker_slug, text, variants, renderings FROM quote_list",
    "renderings": "SELECT id, quote_id, relation FROM rendering_list",
    "names": 'SELECT s.slug, s.name, s.provisional, n.name AS "also" FROM speakers s'
    " JOIN speaker_names n ON n.speaker_id = s.id",
}


def state(session: Session) -> State:
    """Return everything that judgements may change."""
    with session.begin():
        return {
            name: sorted(map(tuple, session.execute(text(query))), key=repr)
            for name, query in QUERIES.items()
        }


@pytest.fixture
def judged(stocked_url: str) -> str:
    """The four articles of the invented town."""
    return stocked_url


def number(session: Session, query: str, **values: object) -> int:
    with session.begin():
        return int(session.execute(text(query), values).scalar_one())


def quotation(session: Session, words: str) -> int:
    return number(
        session, "SELECT id FROM quotation_list WHERE text LIKE :words", words=f"%{words}%"
    )


def quote(session: Session, words: str) -> int:
    return number(session, "SELECT id FROM quote_list WHERE text LIKE :words", words=f"%{words}%")


DECISIONS: dict[str, Callable[[Session, Judge], int]] = {
    "another speaker": lambda session, judge: judge.attribution(
        quotation(session, "ferries"), "ada-quill"
    ),
    "nobody": lambda session, judge: judge.attribution(quotation(session, "ferries"), None),
    "somebody": lambda session, judge: judge.attribution(quotation(session, "café"), "bruno-quill"),
    "no speech": lambda session, judge: judge.kind(quotation(session, "ferries"), "none"),
    "speech": lambda session, judge: judge.attribution(
        quotation(session, "Queen of the Quay"), "bruno-quill"
    ),
    "same": lambda session, judge: judge.pair(
        "same",
        str(quote(session, "old bridge")),
        str(quote(session, "lease")),
    ),
    "canonical": lambda session, judge: judge.canonical(
        f"v{number(session, 'SELECT max(id) FROM variant_list WHERE text LIKE :w', w='%lease%')}"
    ),
    "different": lambda session, judge: judge.pair(
        "different",
        f"v{number(session, 'SELECT min(id) FROM variant_list WHERE text LIKE :w', w='%lease%')}",
        f"v{number(session, 'SELECT max(id) FROM variant_list WHERE text LIKE :w', w='%lease%')}",
    ),
    "merge": lambda _, judge: judge.merge("bruno-quill", "ada-quill"),
    "rename": lambda _, judge: judge.rename("bruno-quill", "Bruno Quill-Reed"),
    "alias": lambda _, judge: judge.alias("bruno-quill", "The Ferryman"),
    "confirm": lambda _, judge: judge.confirm("bruno-quill"),
    "add": lambda _, judge: judge.add("Cleo Marsh", "person"),
    "split": lambda _, judge: judge.split("bruno-quill", "Bruno Reed", spelling="Bruno Quill"),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_every_judgement_holds_and_can_be_taken_back(judged: str, decision: str) -> None:
    with open_session(judged) as session:
        before = state(session)
        judge = Judge(session, "Ann")
        judgement = DECISIONS[decision](session, judge)
        after = state(session)
        assert after != before
        with session.begin():
            seed_free = read_log(session, standing=True)
        assert {entry.by for entry in seed_free} == {"Ann"}
        judge.undo(judgement)
        undone = state(session)
        assert {**undone, "quotes": [], "renderings": []} == {
            **before,
            "quotes": [],
            "renderings": [],
        }
        # A quote that was gone in between has another number, and nothing else.
        assert [row[1:] for row in undone["quotes"]] == [row[1:] for row in before["quotes"]] or (
            sorted(row[1:] for row in undone["quotes"])
            == sorted(row[1:] for row in before["quotes"])
        )
        with session.begin():
            undo, *log = read_log(session)
            assert read_log(session, standing=True) == []
        assert {(entry.by, entry.undone_by) for entry in log} == {("Ann", "Ann")}
        assert (undo.kind, undo.about) == ("undo", f"judgement {judgement}")
        again = judge.undo(undo.id)
        restored = state(session)
        assert {**restored, "quotes": [], "renderings": []} == {
            **after,
            "quotes": [],
            "renderings": [],
        }
        judge.undo(again)
        assert state(session)["quotations"] == before["quotations"]
        with session.begin():
            assert len(read_log(session)) == len(log) + 3
            assert read_log(session, standing=True) == []


def test_the_later_of_two_wins_and_both_are_kept(judged: str) -> None:
    with open_session(judged) as session:
        at = quotation(session, "ferries")
        Judge(session, "Ann").attribution(at, "ada-quill", "she says so")
        later = Judge(session, "Ben").attribution(at, None)
        speaker = text("SELECT speaker_slug FROM quotation_list WHERE id = :id")
        with session.begin():
            assert session.scalar(speaker, {"id": at}) is None
            assert [(entry.by, entry.why) for entry in read_log(session)] == [
                ("Ben", None),
                ("Ann", "she says so"),
            ]
        Judge(session, "Ben").undo(later)
        with session.begin():
            assert session.scalar(speaker, {"id": at}) == "ada-quill"


def test_a_merged_speaker_is_found_and_listed_under_the_other(judged: str) -> None:
    with open_session(judged) as session:
        Judge(session, "Ann").merge("bruno-quill", "ada-quill")
    with open_reader(judged) as connection:
        assert find_speaker(connection, "Bruno Quill").slug == "ada-quill"
        assert "bruno-quill" not in [row.slug for row in list_speakers(connection)]


def test_new_articles_follow_the_judgements(judged: str) -> None:
    with open_session(judged) as session:
        Judge(session, "Ann").merge("bruno-quill", "ada-quill")
        repository = Repository(session)
        run = repository.start_run("no-model 1.0")
        new = says("Bruno Quill", "The pier is painted every second spring.")
        repository.add_article(article(new, source="new.txt", published=date(2025, 4, 1)), run)
        assert quote(session, "pier is painted")
        query = text("SELECT speaker_slug FROM quote_list WHERE text LIKE '%pier is painted%'")
        with session.begin():
            assert session.scalar(query) == "ada-quill"


def test_seeding_keeps_names_given_by_people(judged: str) -> None:
    with open_session(judged) as session:
        with session.begin():
            seed(session)
        Judge(session, "Ann").rename("vladimir-putin", "V. V. Putin")
        with session.begin():
            seed(session)
            name = text("SELECT name FROM speakers WHERE slug = 'vladimir-putin'")
            assert session.scalar(name) == "V. V. Putin"


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (lambda judge: judge.attribution(999, None), "no quotation n999"),
        (lambda judge: judge.attribution(1, "nobody-known"), "no speaker 'nobody-known'"),
        (lambda judge: judge.kind(999, "none"), "no quotation n999"),
        (lambda judge: judge.pair("same", "1", "999"), "no quote q999"),
        (lambda judge: judge.pair("same", "x1", "2"), "'x1' is not an identifier"),
        (lambda judge: judge.pair("same", "1", "1"), "the same rendering"),
        (lambda judge: judge.merge("ada-quill", "ada-quill"), "merged into itself"),
        (lambda judge: judge.merge("ada-quill", "nobody"), "no speaker 'nobody'"),
        (lambda judge: judge.rename("ada-quill", "Ada Quill"), "called 'Ada Quill' already"),
        (lambda judge: judge.rename("ada-quill", " - "), "is no name"),
        (lambda judge: judge.add("Ada Quill", "person"), "met in articles already"),
        (lambda judge: judge.undo(999), "no judgement 999"),
    ],
)
def test_what_cannot_be_judged(
    judged: str, decision: Callable[[Judge], object], message: str
) -> None:
    with open_session(judged) as session:
        with pytest.raises(UsageError, match=message):
            decision(Judge(session, "Ann"))
        with session.begin():
            assert read_log(session) == []


def test_merging_makes_no_circles(judged: str) -> None:
    with open_session(judged) as session:
        judge = Judge(session, "Ann")
        first = judge.merge("bruno-quill", "ada-quill")
        with pytest.raises(UsageError, match="itself"):
            judge.merge("ada-quill", "bruno-quill")
        with pytest.raises(UsageError, match="merged into ada-quill already"):
            judge.merge("bruno-quill", "zoë-åkerlund")
        judge.undo(first)
        with pytest.raises(UsageError, match="undone by Ann already"):
            judge.undo(first)


def test_a_merged_speaker_is_not_split_off(judged: str) -> None:
    with open_session(judged) as session:
        judge = Judge(session, "Ann")
        merged = judge.merge("bruno-quill", "ada-quill")
        for name in ("bruno-quill", "Bruno Quill"):
            with pytest.raises(UsageError, match=r"bruno-quill is merged into ada-quill: take"):
                judge.split("ada-quill", name, spelling="Bruno Quill")
        with pytest.raises(UsageError, match="split from itself"):
            judge.split("ada-quill", "Ada Quill", spelling="Ada")
        judge.undo(merged)
        judge.split("ada-quill", "Bruno Quill", quotations=[1])


def test_quotes_of_two_speakers_are_not_one(judged: str) -> None:
    with open_session(judged) as session:
        one, other = quote(session, "ferries"), quote(session, "old bridge")
        with pytest.raises(UsageError, match=r"said by Bruno Quill and .* by Ada Quill"):
            Judge(session, "Ann").pair("same", str(one), str(other))


def test_reading_sees_no_judgements_in_an_empty_database(connection: Connection) -> None:
    assert list_speakers(connection) == []


@pytest.mark.parametrize("statement", ["UPDATE judgements SET why = 'x'", "DELETE FROM judgements"])
def test_the_table_of_judgements_only_grows(judged: str, statement: str) -> None:
    with open_session(judged) as session:
        Judge(session, "Ann").attribution(1, None)
        with pytest.raises(DBAPIError, match="only ever added"), session.begin():
            session.execute(text(statement))


def test_what_cannot_be_restored(judged: str) -> None:
    with open_session(judged) as session:
        judge = Judge(session, "Ann")
        merged = judge.undo(judge.merge("bruno-quill", "ada-quill"))
        judge.merge("ada-quill", "bruno-quill")
        with pytest.raises(UsageError, match="ada-quill is merged into bruno-quill meanwhile"):
            judge.undo(merged)
        added = judge.add("Hugo Brook", "person")
        alias = judge.undo(judge.alias("hugo-brook", "Old Hugo"))
        judge.undo(added)
        with pytest.raises(UsageError, match="no speaker 'hugo-brook'"):
            judge.undo(alias)
        with pytest.raises(UsageError, match=r"undone by Ann already: `quotes judge undo \d+`"):
            judge.undo(added)


def test_a_persons_word_on_a_kind_is_certain(judged: str) -> None:
    sure = "SELECT kind_confidence FROM quotations WHERE id = :id"
    with open_session(judged) as session:
        judge = Judge(session, by="Ada")
        key = quotation(session, "ferries")
        assert session.execute(text(sure), {"id": key}).scalar_one() == 0.9
        session.rollback()
        judgement = judge.kind(key, "mixed")
        assert session.execute(text(sure), {"id": key}).scalar_one() == 1.0
        session.rollback()
        judge.undo(judgement)
        assert session.execute(text(sure), {"id": key}).scalar_one() == 0.9


def test_a_meaning_is_judged_between_variants_of_one_quote(judged: str) -> None:
    with open_session(judged) as session:
        judge = Judge(session, "Ann")
        with pytest.raises(UsageError, match="are the same variant"):
            judge.meaning("changed", "v1", "v1")
        with pytest.raises(UsageError, match="belongs to q1 and v2 to q2"):
            judge.meaning("changed", "v1", "v2")


def test_two_people_stay_two(judged: str) -> None:
    with open_session(judged) as session:
        judge = Judge(session, "Ann")
        with pytest.raises(UsageError, match="name two"):
            judge.apart("ada-quill", "ada-quill")
        judge.apart("ada-quill", "bruno-quill")
        assert judge.effects == []
        judge.merge("ada-quill", "bruno-quill")
        with pytest.raises(UsageError, match="were merged"):
            judge.apart("ada-quill", "bruno-quill")
