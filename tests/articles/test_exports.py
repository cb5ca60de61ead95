"""Exports of press archives, in the layouts that their sites write (the texts are invented)."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.articles.exports import articles_in

TEXT = """Mayor Ellen Park spoke on Monday.

“We will rebuild the bridge,” Park said.

Country: she loves it."""
NEXIS = f"""Documents (2)

1. Mayor promises bridge

Client/Matter: -None-

Search Terms: bridge

Page 1 of 3

Mayor promises bridge
River Post
March 1, 2024 Friday 8:00 AM GMT

Copyright 2024 River Post All Rights Reserved

Section: LOCAL; Pg. A1
Length: 80 words
Byline: By Ann Lee and Bo Ray
Highlight: What she said
and meant

Body

{TEXT} It is a place where people have lived for a long time, and where they want to go on living, \
whatever the river may do in the coming years, as it has done in the years before, when the water \
came up to the steps of the town hall and stayed there until April, and nobody knew what to do.

Graphic

A photograph

Load-Date: March 5, 2024

End of Document

Page 3 of 3

Council says no
Hill Courier
2 March 2024

Section: NEWS
Length: 10 words

Body

“No,” the council said.

Language: ENGLISH

End of Document
"""
NEXIS_OLD = f"""
                               1 of 2 DOCUMENTS


                                  River Post

                             March 1, 2024 Friday
                                 Final Edition

Mayor promises
bridge

BYLINE: ANN LEE

SECTION: LOCAL; Pg. A1

LENGTH: 80 words

DATELINE: RIVERTOWN

{TEXT}

LOAD-DATE: March 5, 2024

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                  Copyright 2024 River Post
                           All Rights Reserved

                               2 of 2 DOCUMENTS


                                 Hill Courier

                                 March 2, 2024

HEADLINE: Council says no

LENGTH: 10 words

BODY:
“No,” the council said.

LANGUAGE: ENGLISH
"""
FACTIVA = f"""Mayor promises bridge

By Ann Lee

80 words
1 March 2024
08:00
River Post
RIVP
English
Copyright 2024. River Post.

{TEXT}

Document RIVP000020240301ek3100001


Council says no
10 words
2 March 2024
Hill Courier
HILC
2
English
(c) 2024 Hill Courier

“No,” the council said.

Document HILC000020240302ek3200001

Search Summary
Text bridge
Page 2 of 2 © 2024 Factiva, Inc. All rights reserved.
"""
FACTIVA_CODED = """SE   News
HD   Mayor promises
     bridge
BY   By Ann Lee
WC   80 words
PD   1 March 2024
SN   River Post
SC   RIVP
LA   English
CY   Copyright 2024

LP

Mayor Ellen Park spoke on Monday.

TD

“We will rebuild the bridge,” Park said.

Country: she loves it.

NS   ccat : Local News
RE   uk : United Kingdom
AN   Document RIVP000020240301ek3100001

HD
Council says no
WC
10 words
PD
2 March 2024
SN
Hill Courier
LA
English
LP
“No,” the council said.
AN
Document HILC000020240302ek3200001
"""
RULE = "_" * 60
PROQUEST = f"""{RULE}

Report Information from ProQuest

March 08 2024 10:00

{RULE}

Document 1 of 2

Mayor promises bridge

Author: Lee, Ann

Publication info: River Post ; Rivertown [Rivertown]. 01 Mar 2024: A1.

Links: https://library.example/x

Full text: {TEXT}

Subject: Bridges

Publication title: River Post

Publication date: Mar 1, 2024

Language of publication: English

Document URL: https://www.proquest.example/docview/1

{RULE}

Document 2 of 2

Council says no

Publication info: Hill Courier; Hill [Hill]02 Mar 2024: 3.

Full text:

“No,” the council said.

Publication date: Mar 2, 2024

{RULE}

Contact ProQuest
"""
EXPORTS = {
    "nexis": NEXIS,
    "nexis-old": NEXIS_OLD,
    "factiva": FACTIVA,
    "factiva-coded": FACTIVA_CODED,
    "proquest": PROQUEST,
}


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("layout", ["as-is", "paragraphs", "tight"])
def test_an_export_is_its_articles(name: str, layout: str) -> None:
    text = EXPORTS[name]
    if layout == "paragraphs":  # as a word processor gives it
        text = text.replace("\n\n", "\n").replace("\n", "\n\n")
    elif layout == "tight" and name != "nexis-old":
        text = text.replace("\n\n", "\n")
    found = articles_in(text)
    assert found is not None
    (body, first), (other, second) = found
    assert body.startswith("Mayor Ellen Park spoke on Monday.")
    assert "“We will rebuild the bridge,” Park said." in body
    assert "Country: she loves it." in body or layout == "tight" or name == "nexis-old"
    for foreign in ("words", "photograph", "Document", "Bridges", "ccat", "Edition", "Load"):
        assert foreign not in body
    assert other == "“No,” the council said."
    assert (first.title, first.outlet) == ("Mayor promises bridge", "River Post")
    assert (second.title, second.outlet) == ("Council says no", "Hill Courier")
    assert (first.published, second.published) == (date(2024, 3, 1), date(2024, 3, 2))
    assert first.byline == ("Ann Lee, Bo Ray" if name == "nexis" else "Ann Lee")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Full text: none.\n",
        "End of Document\n",
        "He told her: Document RIVP000020240301ek3100001\n",
        "It was a long day.\n\nBody\n\nThe end.",
        f"{RULE}\nA form\n{RULE}\n",
    ],
)
def test_other_texts_are_not_exports(text: str) -> None:
    assert articles_in(text) is None


def test_a_file_holds_many_articles(put, read) -> None:
    path = put("lexis.txt", NEXIS)
    articles, errors = read(path)
    assert not errors
    assert [(one.source, one.outlet) for one in articles] == [
        (f"{path}:1", "River Post"),
        (f"{path}:2", "Hill Courier"),
    ]
