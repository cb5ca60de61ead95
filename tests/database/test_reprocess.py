from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.extractions.changes import Report
from quotes.database.judgements.judge import Judge
from quotes.database.judgements.log import read_log
from quotes.database.repository import Repository
from quotes.database.reprocess import compare, replace
from quotes.records import AttributedQuotation, ExtractedArticle
from tests.factories import article, says

LEASE = "We will not sell the long-term lease of the harbour to anyone."
BRIDGE = "The old bridge stays open all winter."
SHIPS = "Ships of any size may moor here for a week."


def harbour() -> ExtractedArticle:
    return article(
        says("Ada Quill", LEASE, BRIDGE),
        says("Bruno Quill", SHIPS),
        says("Ada Quill", "Queen of the Quay", kind="none"),
        source="lantern.txt",
        published=date(2025, 3, 1),
    )


def store(session: Session, extracted: ExtractedArticle) -> int:
    repository = Repository(session)
    repository.add_article(extracted, repository.start_run("no-model 1.0"))
    return 1


def again(session: Session, extracted: ExtractedArticle) -> Report:
    return replace(session, 1, extracted, Repository(session).start_run("no-model 2.0"))


def with_items(
    extracted: ExtractedArticle, items: Sequence[AttributedQuotation], keep: Sequence[int]
) -> ExtractedArticle:
    statements = tuple(extracted.statements[at] for at in keep)
    return dataclasses.replace(extracted, quotations=tuple(items), statements=statements)


def rows(session: Session, query: str) -> list[tuple[object, ...]]:
    with session.begin():
        return [tuple(row) for row in session.execute(text(query))]


def speakers(session: Session) -> list[tuple[object, ...]]:
    return rows(session, "SELECT text, speaker_slug, kind FROM quotation_list ORDER BY start")


def quotes(session: Session) -> list[tuple[object, ...]]:
    return rows(session, "SELECT id, speaker_slug, text, renderings FROM quote_list ORDER BY id")


def test_the_same_extraction_changes_nothing(session: Session) -> None:
    store(session, harbour())
    before = speakers(session), quotes(session)
    assert compare(session, 1, harbour()) == []
    assert again(session, harbour()).changes == []
    assert (speakers(session), quotes(session)) == before
    assert rows(session, "SELECT model FROM runs ORDER BY id")[-1] == ("no-model 2.0",)


def changed(extracted: ExtractedArticle, at: int, **speaker: object) -> ExtractedArticle:
    items = list(extracted.quotations)
    found = items[at].speaker
    assert found is not None
    new = dataclasses.replace(found, **speaker) if speaker else None  # type: ignore[arg-type]
    items[at] = dataclasses.replace(items[at], speaker=new)
    return with_items(extracted, items, range(len(items)))


def test_changes_are_shown_before_they_are_stored(session: Session) -> None:
    store(session, harbour())
    before = speakers(session), quotes(session)
    new = changed(changed(harbour(), 1, slug="cleo-marsh", name="Cleo Marsh"), 0)
    found = {(one.sort, one.before, one.after) for one in compare(session, 1, new)}
    assert found == {("changed", "bruno-quill", "cleo-marsh"), ("lost", "ada-quill", None)}
    assert (speakers(session), quotes(session)) == before
    assert {(one.sort, one.before, one.after) for one in again(session, new).changes} == found
    assert [row[1] for row in speakers(session)[:2]] == [None, "cleo-marsh"]
    assert [row[1:3] for row in quotes(session)] == [("cleo-marsh", SHIPS)]
    assert {one.sort for one in again(session, harbour()).changes} == {"changed", "gained"}
    assert [row[1] for row in speakers(session)[:2]] == ["ada-quill", "bruno-quill"]


def test_a_judgement_stands_above_new_answers(session: Session) -> None:
    store(session, harbour())
    judge = Judge(session, "Ann")
    first = judge.attribution(2, "ada-quill")
    kind = judge.kind(1, "none")
    speech = judge.attribution(3, "bruno-quill")
    judged = speakers(session)
    new = changed(harbour(), 1, slug="cleo-marsh", name="Cleo Marsh")
    assert [(one.sort, one.judged) for one in again(session, new).changes] == [("changed", True)]
    assert speakers(session) == judged
    for judgement in (first, kind, speech):
        judge.undo(judgement)
    assert [row[1:] for row in speakers(session)] == [
        ("ada-quill", "direct"),
        ("cleo-marsh", "direct"),
        ("ada-quill", "none"),
    ]


def shorter(extracted: ExtractedArticle) -> ExtractedArticle:
    """Return the article with its first quotation cut down to its first statement."""
    first, *others = extracted.quotations
    end = extracted.statements[0][0].end
    quotation = dataclasses.replace(
        first.quotation,
        end=end,
        inner_end=end,
        closed=False,
        text=extracted.article.body[first.quotation.start : end],
    )
    items = [dataclasses.replace(first, quotation=quotation), *others]
    changed = with_items(extracted, items, range(len(items)))
    return dataclasses.replace(
        changed, statements=(extracted.statements[0][:1], *extracted.statements[1:])
    )


def test_a_quotation_with_other_ends_keeps_its_number_and_judgement(session: Session) -> None:
    store(session, harbour())
    Judge(session, "Ann").attribution(1, "bruno-quill")
    report = again(session, shorter(harbour()))
    assert [one.sort for one in report.changes] == ["moved"]
    assert rows(session, "SELECT id, speaker_slug FROM quotation_list WHERE start = 0") == [
        (1, "bruno-quill")
    ]
    assert [row[2] for row in quotes(session)] == [LEASE, SHIPS]


def test_a_pair_is_found_again_where_a_statement_went_and_came_back(session: Session) -> None:
    store(session, harbour())
    store(session, article(says("Ada Quill", "We never planned a casino."), source="other.txt"))
    judge = Judge(session, "Ann")
    numbers = {row[2]: row[0] for row in quotes(session)}
    judge.pair("same", str(numbers[BRIDGE]), str(numbers["We never planned a casino."]))
    together = [row[2:] for row in quotes(session)]
    lost = again(session, shorter(harbour())).lost
    assert lost == [1]
    with session.begin():
        (entry,) = read_log(session, standing=True)
        assert "lost" in entry.about
        assert BRIDGE in entry.about
    assert again(session, harbour()).lost == []
    assert sorted(row[2:] for row in quotes(session)) == sorted(together)


def test_a_judgement_on_a_quotation_that_is_gone_waits_for_its_return(session: Session) -> None:
    store(session, harbour())
    Judge(session, "Ann").attribution(2, "ada-quill")
    without = with_items(harbour(), [harbour().quotations[at] for at in (0, 2)], (0, 2))
    report = again(session, without)
    assert ([one.sort for one in report.changes], report.lost) == (["gone"], [1])
    report = again(session, harbour())
    assert ([one.sort for one in report.changes], report.lost) == (["new"], [])
    assert [row[1] for row in speakers(session)] == ["ada-quill", "ada-quill", "ada-quill"]
