"""Mentions of one article are resolved to speakers, or left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quotes.english.document import Document
from quotes.records import Article, Span, Speaker
from quotes.spans import find_quotations
from quotes.speakers import Registry, Resolver

FILE = Path(__file__).parents[1] / "cases/roles.yaml"
CASES = yaml.safe_load(FILE.read_text(encoding="utf-8"))
PIECES = st.sampled_from(
    [
        "Donald Trump", "Mr. Trump", "Anna Berg", "he", "She", "their", "said", "“No,”", ".", ",",
        "the president", "the US president", "a spokesman for the bank", "officials", "who", "it",
        "\n\n", "Bank of Oslo", "the bank", "and", "his letter", "’s", "(D-Ohio)", "54", "I",
    ]
)  # fmt: skip


def resolve(text: str, registry: Registry, published: Any = None, **article: Any) -> Speaker | None:
    """Resolve the mention set in ⟦…⟧."""
    return undecided(text, registry, published, **article)[0]


def resolver(body: str, registry: Registry) -> Resolver:
    document = Document(body)
    return Resolver(document, Article("case", body), registry, find_quotations(document))


def undecided(
    text: str, registry: Registry, published: Any = None, **article: Any
) -> tuple[Speaker | None, list[str | None]]:
    """Resolve the mention set in ⟦…⟧, and return the slugs of those whom it may mean, too."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    body = text.replace("⟦", "").replace("⟧", "")
    document = Document(body)
    quotations = find_quotations(document)
    about = Article("case", body, published=published, **article)
    own = Resolver(document, about, registry, quotations)
    mention = Span(start, end, body[start:end])
    speaker = own.resolve(mention, quotations[0])
    found = own.candidates(mention, speaker)
    assert all(body[one.start : one.end] == one.text == mention.text for one in found)
    return speaker, [one.speaker for one in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_mentions(case: dict[str, Any], registry: Registry) -> None:
    speaker, may_be = undecided(case["text"], registry, case.get("published"))
    assert may_be == case.get("may", may_be)
    assert (speaker and speaker.name) == case["is"]
    if speaker:
        assert speaker.type == case.get("type", speaker.type)
        assert speaker.rule == case.get("rule", speaker.rule)
        assert speaker.provisional != case.get("known", not speaker.provisional)
        assert speaker.on_behalf_of == case.get("for", speaker.on_behalf_of)


def test_the_previous_speaker_is_the_likelier_bearer(registry: Registry) -> None:
    body = "Paul Roth and Peter Lind met. “It works.” He said: “It really works.”"
    own = resolver(body, registry)
    he = body.index("He said")
    names = {}
    for name in ("Paul Roth", "Peter Lind"):
        start = body.index(name)
        previous = own.resolve(Span(start, start + len(name), name), Span(30, 31, ""))
        speaker = resolver(body, registry).resolve(
            Span(he, he + 2, "He"), Span(he + 9, he + 10, ""), previous=previous
        )
        assert speaker is not None
        names[name] = speaker.confidence if speaker.name == name else -speaker.confidence
    assert names["Paul Roth"] > -names["Peter Lind"] or names["Peter Lind"] > 0


@pytest.mark.parametrize(
    ("first", "pronoun", "same"),
    [
        ("The defendant", "he", True),
        ("Some defendants", "he", False),
        ("Ann Roe", "he", False),
        ("The chairwoman", "he", False),
    ],
)
def test_who_is_not_named_goes_on_as_a_pronoun(
    registry: Registry, first: str, pronoun: str, same: bool
) -> None:
    body = f"{first} said it was “late”, but {pronoun} called it “worth it.”"
    own = resolver(body, registry)
    previous = own.resolve(Span(0, len(first), first), Span(20, 26, ""))
    at = body.index(f" {pronoun} ") + 1
    word = Span(at, at + len(pronoun), pronoun)
    speaker = own.resolve(word, Span(at + 10, at + 20, ""), previous=previous)
    assert previous is not None
    assert (speaker is not None and speaker.slug == previous.slug) == same


def test_i_is_the_author(registry: Registry) -> None:
    speaker = resolve("⟦I⟧ called it “a farce.”", registry, byline="By Ida Holm")
    assert speaker is not None
    assert (speaker.name, speaker.slug, speaker.rule) == ("Ida Holm", "ida-holm", "author")


def test_the_anonymous_belong_to_their_article(registry: Registry) -> None:
    texts = ("⟦A senior official⟧ said: “No.”", "⟦A senior official⟧ said: “Yes.”")
    slugs = [speaker.slug for text in texts if (speaker := resolve(text, registry))]
    assert len(set(slugs)) == 2
    assert all(slug.startswith("anonymous-") for slug in slugs)


def test_one_official_stays_one_within_an_article(registry: Registry) -> None:
    body = "A senior official said: “No.” The senior official added: “Never.”"
    own = resolver(body, registry)
    found = [
        own.resolve(Span(start, start + len(phrase), phrase), Span(start, start + 1, ""))
        for phrase in ("A senior official", "The senior official")
        if (start := body.index(phrase)) >= 0
    ]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].slug == found[1].slug


def test_evidence_shows_where_the_full_name_stands(registry: Registry) -> None:
    speaker = resolve("Anna Berg was late. “Sorry,” ⟦Berg⟧ said.", registry)
    assert speaker is not None
    assert [(e.role, e.text) for e in speaker.evidence] == [
        ("mention", "Berg"),
        ("name", "Anna Berg"),
    ]


@given(st.lists(PIECES, min_size=1, max_size=40), st.data())
def test_any_span_resolves_or_stays_open(
    registry: Registry, pieces: list[str], data: st.DataObject
) -> None:
    body = Document(" ".join(pieces)).text
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    own = resolver(body, registry)
    speaker = own.resolve(Span(start, end, body[start:end]), Span(start, start + 1, ""))
    if speaker:
        assert speaker.name
        assert speaker.slug
        assert 0 <= speaker.confidence <= 1
        assert all(body[e.start : e.end] == e.text for e in speaker.evidence)


@pytest.mark.parametrize("name", ["Ada Quillfeather", "Ada J. Quillfeather", "Ada J Quillfeather"])
def test_a_middle_initial_makes_nobody_else(registry: Registry, name: str) -> None:
    speaker = resolve(f"“We will not sell the harbour,” said ⟦{name}⟧.", registry)
    assert speaker is not None
    assert (speaker.name, speaker.slug) == (name, "ada-quillfeather")
