from __future__ import annotations

import pytest

from quotes.articles import guess_provenance
from quotes.records import Article

STORY = "The mayor spoke at the harbour. “We will stay,” she said. " * 20


@pytest.mark.parametrize(
    ("body", "url", "byline", "seems"),
    [
        (STORY, None, None, None),
        (f"{STORY}\nThis text was automatically translated.", None, None, "machine-translated"),
        (f"Machine translation. Read the original.\n{STORY}", None, None, "machine-translated"),
        (f"{STORY}\n(Translated by Google)", None, None, "machine-translated"),
        (STORY, "https://lantern-example.translate.goog/1?_x_tr_sl=fr", None, "machine-translated"),
        (STORY, "https://lantern.example/translate.goog", None, None),
        (f"{STORY}\nTranslated from the Norwegian by Bo Reed.", None, None, "translated"),
        (f"UNOFFICIAL\nTRANSLATION\n{STORY}", None, None, "translated"),
        (STORY, None, "Ada Quill, translated by Bo Reed", "translated"),
        (f"{STORY} Poems were translated from ice. {STORY}", None, None, None),
        ("“It was lost in translation,” said Ada Quill.", None, None, None),
    ],
)
def test_what_a_text_says_of_itself(
    body: str, url: str | None, byline: str | None, seems: str | None
) -> None:
    assert guess_provenance(Article("a.txt", body, url=url, byline=byline)) == seems
