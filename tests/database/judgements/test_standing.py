from __future__ import annotations

from sqlalchemy.orm import Session

from quotes.database.judgements.log import add_judgements
from quotes.database.judgements.standing import Verdicts, merged_into, standing


def judge(session: Session, *rows: dict[str, object]) -> list[int]:
    return [add_judgements(session, "Ann", [row]) for row in rows]


def merge(speaker: str, value: str) -> dict[str, object]:
    return {"kind": "merge", "speaker": speaker, "value": value}


def split(speaker: str, value: str, spelling: str) -> dict[str, object]:
    details = {"spelling": spelling}
    return {"kind": "split", "speaker": speaker, "value": value, "details": details}


def test_only_what_nobody_undid_stands(session: Session) -> None:
    with session.begin():
        first, second, _ = judge(
            session, merge("a", "b"), merge("b", "c"), {"kind": "confirm", "speaker": "a"}
        )
        assert [row.id for row in standing(session, "merge")] == [first, second]
        (undo,) = judge(session, {"kind": "undo", "undoes": second})
        assert [row.id for row in standing(session, "merge")] == [first]
        assert merged_into(session) == {"a": "b"}
        judge(session, {"kind": "undo", "undoes": undo})
        assert merged_into(session) == {"a": "c", "b": "c"}
        assert standing(session, "alias", "rename") == []


def test_merges_and_splits_decide_whom_an_answer_means(session: Session) -> None:
    with session.begin():
        judge(
            session,
            split("ada-quill", "bo-quill", "Mayor Quill"),
            split("ada-quill", "cy-quill", "Quill"),
            merge("bo-quill", "bo-reed"),
        )
        verdicts = Verdicts(session)
    for slug, mention, expected in [
        (None, "Quill", None),
        ("dan-reed", "Quill", "dan-reed"),
        ("ada-quill", None, "ada-quill"),
        ("ada-quill", "Ada Quill", "ada-quill"),
        ("ada-quill", "quill", "cy-quill"),
        # The name is found in the mention, too; of two that fit the later counts.
        ("ada-quill", "Mayor Quill", "cy-quill"),
        ("bo-quill", None, "bo-reed"),
    ]:
        assert verdicts.speaker(slug, mention) == expected, (slug, mention)


def test_what_is_split_off_may_be_merged(session: Session) -> None:
    with session.begin():
        judge(session, split("ada-quill", "bo-quill", "Quill"), merge("bo-quill", "bo-reed"))
        assert Verdicts(session).speaker("ada-quill", "Quill") == "bo-reed"
