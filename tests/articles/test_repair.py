import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.articles import Account
from quotes.articles.repair import repair

SPEECH = "“We’ll rebuild the café,” Park said — twice…"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("&#8220;We&rsquo;ll go,&#8221; he said &amp; left.", "“We’ll go,” he said & left."),
        ("&quot;No&quot; &amp;#8220;yes&amp;#8221;", '"No" “yes”'),
        ("<p>&ldquo;We go,&rdquo; he said.</p><p>Then.</p>", "“We go,” he said.\n\nThen."),
        (SPEECH.encode().decode("latin-1"), SPEECH),
        ("â€œWe go,â€\x9d he said. Itâ€™s cafÃ©.", "“We go,” he said. It’s café."),
        ("â€œWe go,â€ he said.", "“We go,” he said."),
        ("\x93We go,\x94 he said.", "“We go,” he said."),
        ("“Good.”\nâ€œBad.â€\x9d", "“Good.”\n“Bad.”"),
        ("\\u201cWe go,\\u201d he said.\\nThen \\ud83d\\ude00.", "“We go,” he said.\nThen 😀."),
    ],
)
def test_damage_is_repaired(text: str, whole: str) -> None:
    repaired = repair(text)
    assert repaired.text == whole
    assert repaired.how


@pytest.mark.parametrize(
    "text",
    [
        SPEECH,
        "AT&T, R&D; if a < b & c > d;",
        "FRANÇAIS, Ñandú, Âge, naïve, Ærø, 5 €",
        "C:\\users\\new",
        "Use <p> for a paragraph.",
        "« Non », dit-il à Ðakovo.",
        "",
    ],
)
def test_what_is_whole_is_left(text: str) -> None:
    assert repair(text) == repair(text).__class__(text)


@given(st.text())
def test_repairing_again_changes_little_and_breaks_nothing(text: str) -> None:
    assert isinstance(repair(text).text, str)


def test_the_original_is_kept_and_the_repair_told(put, read) -> None:
    account = Account()
    rows = [{"text": f"{n} &quot;no&quot; â€œyesâ€\x9d"} for n in range(3)] + [{"text": "�a�"}]
    path = put("a.jsonl", "\n".join(map(json.dumps, rows)))
    articles, errors = read(path, account=account)
    assert not errors
    assert articles[0].body == '0 "no" “yes”'
    assert articles[0].original == rows[0]["text"]
    assert articles[3].original is None
    assert account.remarks == {
        "entities such as &quot; read": (f"{path}:1", 3),
        "letters in a wrong encoding repaired": (f"{path}:1", 3),
        "characters that are lost (�) in the text": (f"{path}:4", 1),
    }


def test_a_page_in_a_cell_is_read_as_a_page(put, read) -> None:
    html = (
        "<!DOCTYPE html><html><head><title>Bridge</title>"
        '<meta property="og:site_name" content="Herald"></head><body><nav>Home</nav><article>'
        + "<p>“The bridge is open again,” the mayor said on Thursday.</p>" * 3
        + "</article></body></html>"
    )
    (article,), errors = read(put("a.jsonl", json.dumps({"html": html, "date": "2025-08-15"})))
    assert not errors
    assert article.body.startswith("“The bridge")
    assert "Home" not in article.body
    assert (article.outlet, article.title, article.original) == ("Herald", "Bridge", html)
