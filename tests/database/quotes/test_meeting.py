"""What many people say brings nobody together, however many they are and in whichever order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.quotes import hearing, meeting
from quotes.database.quotes.rebuild import rebuild
from quotes.normaliser import echo
from quotes.records import ExtractedArticle
from tests.factories import article, says
from tests.stored import add, fetch

FEW = 6
DAY = date(2025, 4, 1)
OATH = "We will guard the old harbour and its lighthouse for the people of this stubborn town"
PARAGRAPH = " ".join(f"{word}{at}" for at in range(60) for word in ("harbour", "of", "stone"))
FLOODS: dict[str, Callable[[int], str]] = {
    "a number differs": lambda at: f"We will build the bridge number {at + 1} before the winter",
    "the same": lambda _: OATH,
    "a stock phrase": lambda _: "Thank you very much",
    "a word of many differs": lambda at: PARAGRAPH.replace("stone30", f"pebble{at}"),
}
SAID = """
SELECT r.article_id, k.text, s.slug, r.relation, r.score, v.text, o.disputed
  FROM renderings r
  JOIN variants v ON v.id = r.variant_id
  JOIN quotes k ON k.id = v.quote_id
  JOIN speakers s ON s.id = k.speaker_id
  JOIN voices o ON o.id = r.voice_id
 ORDER BY r.article_id, r.start"""


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let fewer voices be many, so that a test needs fewer of them."""
    for module in (meeting, hearing):
        monkeypatch.setattr(module, "COMMON_VOICES", FEW)


def said(at: int, words: str, days: int = 0) -> ExtractedArticle:
    name = f"{'ABCDEFGHIJ'[at % 10]}da {'Quill Thorn Marsh Reed Dunn'.split()[at // 10 % 5]}{at}"
    sure = 0.6 if at % 5 == 3 else 0.95
    notes = says(None, f"Note {at}", kind="none")  # each another text
    day = DAY + timedelta(days=days)
    return article(says(name, words, confidence=sure), notes, published=day, source=f"{at}")


def is_rebuilt(session: Session) -> bool:
    before = fetch(session, SAID)
    rebuild(session, lambda *_: None, jobs=1)
    return fetch(session, SAID) == before


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize("days", [0, 4])  # the second goes over the border of a period
def test_what_one_after_the_other_say_is_what_all_say(
    session: Session, flood: str, days: int
) -> None:
    for at in range(FEW + 3):
        add(session, [said(at, FLOODS[flood](at), at * days)])
        assert is_rebuilt(session)
    if not days:
        speakers = fetch(session, "SELECT count(DISTINCT speaker_id) FROM quotes")
        assert speakers == [(FEW + 3,)]  # everybody said it for themselves


@pytest.mark.usefixtures("few")
def test_words_are_one_speaker_s_again_when_few_say_them(session: Session) -> None:
    add(session, [said(at, OATH, at * 4) for at in range(FEW)])  # in two periods
    disputed = fetch(session, SAID)
    add(session, [said(at, OATH) for at in range(FEW, 2 * FEW - 1)])
    assert fetch(session, SAID)[:FEW] != disputed
    assert is_rebuilt(session)
    judge = Judge(session, "Eva")
    more = "SELECT id FROM quotation_list WHERE article_id > :first AND kind = 'direct'"
    judged = [judge.attribution(int(str(key)), None) for (key,) in fetch(session, more, first=FEW)]
    assert fetch(session, SAID) == disputed
    assert is_rebuilt(session)
    for one in judged:
        judge.undo(one)
    assert fetch(session, SAID)[:FEW] != disputed
    assert is_rebuilt(session)


@contextmanager
def counted(session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """Count what is compared, and asked of the database, inside."""
    count = {"decisions": 0, "comparisons": 0, "statements": 0}

    def counting(name: str) -> Callable[..., object]:
        own = getattr(echo, name)

        def call(*given: object) -> object:
            count["comparisons" if name == "_echo" else "decisions"] += 1
            return own(*given)

        return call

    def ask(*_: object) -> None:
        count["statements"] += 1

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", ask)
    with monkeypatch.context() as patched:
        for name in ("_echo", "counts_to"):
            patched.setattr(echo, name, counting(name))
        yield count
    event.remove(engine, "before_cursor_execute", ask)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("flood", FLOODS)
def test_the_fortieth_of_many_speakers_costs_what_the_tenth_did(
    session: Session, monkeypatch: pytest.MonkeyPatch, flood: str
) -> None:
    costs = []
    for at in range(40):
        with counted(session, monkeypatch) as count:
            add(session, [said(at, FLOODS[flood](at))])
        costs.append(count)
    assert costs[FEW + 5] == costs[-1]
    assert costs[-1]["comparisons"] <= FEW
    assert costs[-1]["decisions"] == 1


def test_one_more_of_a_speaker_s_wordings_asks_nobody_else_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the new voice is decided about where it names whom the others count to."""
    for at in range(12):
        words = f"{OATH} in year {at + 1}"
        notes = says(None, f"Note {at}", kind="none")
        one = article(says("Ada Quill", words), notes, published=DAY, source=f"{at}")
        with counted(session, monkeypatch) as count:
            add(session, [one])
    assert count["decisions"] == 1
