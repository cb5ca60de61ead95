from __future__ import annotations

from collections.abc import Iterator

import pytest

import quotes


@pytest.fixture
def db(stocked_url: str) -> Iterator[quotes.Database]:
    """The four articles about an invented town, opened."""
    with quotes.open(stocked_url) as database:
        yield database


def speaker_of(db: quotes.Database, quotation: int) -> str | None:
    (row,) = db.sql(f"SELECT speaker_slug FROM quotation_list WHERE id = {quotation}")
    slug: str | None = row["speaker_slug"]
    return slug


def test_a_decision_holds_until_it_is_undone(db: quotes.Database) -> None:
    judge = db.judge("Ann Roe")
    assert speaker_of(db, 1) == "ada-quill"
    number = judge.attribution("n1", "BRUNO quill", why="heard it")
    assert speaker_of(db, 1) == "bruno-quill"
    undone = judge.undo(number)
    assert speaker_of(db, 1) == "ada-quill"
    judge.undo(undone)
    assert speaker_of(db, 1) == "bruno-quill"
    last, _, first = judge.log()
    assert (first.id, first.by, first.kind, first.why) == (
        number,
        "Ann Roe",
        "attribution",
        "heard it",
    )
    assert last.kind == "undo"
    assert [entry.id for entry in judge.log(standing=True)] == [number]
    assert len(judge.log(limit=1)) == 1


def test_every_decision_can_be_made(db: quotes.Database) -> None:
    judge = db.judge("Ann Roe")
    judge.attribution(2, None)
    judge.kind("n3", "direct")
    judge.add("Harbour Board", "organisation")
    judge.alias("Harbour Board", "the board of the harbour")
    judge.rename("zoe akerlund", "Zoë Å. Åkerlund")
    judge.confirm("Bruno Quill")
    judge.split("ada quill", "Cleo Marsh", quotations=["n1"])
    judge.merge("Cleo Marsh", "Bruno Quill")
    assert speaker_of(db, 1) == "bruno-quill"
    kinds = [entry.kind for entry in reversed(judge.log())]
    assert kinds == "attribution kind add alias rename confirm add attribution merge".split()


def test_statements_are_named_by_quote_variant_or_rendering(db: quotes.Database) -> None:
    judge = db.judge("Ann Roe")
    (hit,) = db.search(divergent=True)
    first, second = db.show(hit.id).variants
    parted = judge.different(f"v{first.id}", f"V{second.id}")
    left, right = (one.id for one in db.search("harbour"))
    judge.undo(parted)
    assert [len(db.show(one.id).variants) for one in db.search("harbour")] == [2]
    judge.different(f"r{first.renderings[0].id}", f"r{second.renderings[0].id}")
    assert left != right
    (bridge,), (harbour, *_) = db.search("bridge"), db.search("lease")
    judge.same(f"q{bridge.id}", harbour.id)
    (together,) = db.search("bridge")
    assert together.id in [one.id for one in db.search("lease")]
    with pytest.raises(quotes.UsageError, match="name two"):
        judge.same(together.id, f"Q{together.id}")


def test_what_does_not_exist_is_named(db: quotes.Database) -> None:
    judge = db.judge("Ann Roe")
    for decide, problem in (
        (lambda: judge.attribution(99, "ada-quill"), "there is no quotation n99"),
        (lambda: judge.attribution("a1", "ada-quill"), "'a1' is an article"),
        (lambda: judge.attribution("q1", "ada-quill"), "q1 is in 3 quotations"),
        (lambda: judge.attribution("1", "ada-quill"), "1 may be q1 "),
        (lambda: judge.attribution(1, "Nobody Known"), "no speaker 'Nobody Known' is known"),
        (lambda: judge.undo(7), "there is no judgement 7"),
    ):
        with pytest.raises(quotes.UsageError, match=problem):
            decide()
    assert judge.log() == []


def test_a_name_of_several_lists_them(db: quotes.Database) -> None:
    with pytest.raises(quotes.AmbiguousError) as caught:
        db.judge("Ann Roe").attribution(1, "Quill")
    assert [one.slug for one in caught.value.candidates] == ["ada-quill", "bruno-quill"]


def test_who_judges_is_the_user_unless_named(
    db: quotes.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "bo")
    assert repr(db.judge()) == "<quotes.Judge 'bo'>"
    with pytest.raises(quotes.UsageError, match="a judgement needs a name"):
        db.judge("  ").add("Cleo Marsh")
