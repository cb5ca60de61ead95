from __future__ import annotations

import pytest

from quotes.articles import Account, Options

SRT = """1
00:00:01,000 --> 00:00:04,000
ANN ROE: We will <i>rebuild</i>
the bridge.

2
00:00:04,500 --> 00:00:06,000
Before the winter.

3
00:00:07,000 --> 00:00:09,000
- No.
- {\\an8}Yes.
"""
VTT = """WEBVTT

NOTE made by hand

STYLE
::cue { color: red }

00:01.000 --> 00:04.000 align:start
<v Ann Roe>We will rebuild</v>

cue-2
00:04.500 --> 00:06.000
<v Ann Roe>the bridge.</v>

00:07.000 --> 00:09.000
<v.loud Bo Lind>No.</v>
"""
ROLLING = """WEBVTT

00:01.000 --> 00:02.000
we will rebuild

00:02.000 --> 00:03.000
we will rebuild
<00:02.500><c>the bridge</c>

00:03.000 --> 00:04.000
the bridge
"""


@pytest.mark.parametrize(
    ("name", "content", "body"),
    [
        ("a.srt", SRT, "ANN ROE: We will rebuild the bridge. Before the winter.\n- No.\n- Yes."),
        ("a.vtt", VTT, "Ann Roe: We will rebuild the bridge.\nBo Lind: No."),
        ("nameless", VTT, "Ann Roe: We will rebuild the bridge.\nBo Lind: No."),
        ("nameless", SRT.replace("\n", "\r\n"), None),
        ("a.vtt", ROLLING, "we will rebuild the bridge"),
    ],
)
def test_subtitles_are_transcripts(put, read, name: str, content: str, body: str | None) -> None:
    (article,), errors = read(put(name, content))
    assert not errors
    assert article.form == "transcript"
    assert body in (None, article.body)


@pytest.mark.parametrize("content", ["WEBVTT\n\nNOTE x\n", "no times at all\n"])
def test_subtitles_without_words(put, read, content: str) -> None:
    articles, (error,) = read(put("a.srt", content))
    assert not articles
    assert "holds no subtitles" in error.problem


TALK = "ANN ROE: We will.\nBO LIND: No.\nANN ROE: Yes.\nBO LIND: Well.\n"


def test_texts_are_transcripts_if_they_clearly_are_or_somebody_says_so(put, read) -> None:
    path, other = put("a.txt", TALK), put("b.txt", "ANN ROE: “We will.”\n")
    account = Account()
    assert [one.form for one in read(path, other, account=account)[0]] == ["transcript", "article"]
    assert account.remarks == {"read as a transcript": (path, 1)}
    for asked, form in ((True, "transcript"), (False, "article")):
        articles, _ = read(path, other, options=Options(transcript=asked))
        assert {one.form for one in articles} == {form}
