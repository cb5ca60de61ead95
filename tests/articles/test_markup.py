import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.articles.markup import is_markup, is_page, to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<p>One <b>bold</b>&nbsp;word.</p><p>&#8220;Two,&#8221; he said.</p>",
            "One bold word.\n\n“Two,” he said.",
        ),
        ("One<br>two<br/><br/>three", "One\ntwo\n\nthree"),
        ("<div>One<div>two</div>three</div>", "One\n\ntwo\n\nthree"),
        ("<ul><li>One</li><li>two</li></ul>", "One\n\ntwo"),
        ("<table><tr><td>One</td><td>two</td></tr><tr><td>x</td></tr></table>", "One two\n\nx"),
        ("<p>One\n  line</p>\n\n<script>x()</script><style>p{}</style>", "One line"),
        ("<!-- no --><p>One</p><?php no ?>", "One"),
        ("<html><head><title>no</title></head><body><p>One</p></body></html>", "One"),
        ("", ""),
    ],
)
def test_blocks_are_paragraphs(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("She said <q>we go</q> today.", "She said “we go” today."),
        ("She said <q>“we go”</q> today.", "She said “we go” today."),
        ("<p>She wrote:</p><blockquote>We go.</blockquote>", "She wrote:\n\n“We go.”"),
        (
            "<p>As she said</p><blockquote><p>We go.</p><p>Now.</p></blockquote><p>End.</p>",
            "As she said\n\n“We go.\n\n“Now.”\n\nEnd.",
        ),
        (
            "<blockquote>We <i>go</i>.<footer>— Ann Roe</footer></blockquote>",
            "“We go.”\n\n— Ann Roe",
        ),
        (
            "<blockquote><p>We go.</p><cite>Ann Roe</cite></blockquote>then",
            "“We go.”\n\nAnn Roe\n\nthen",
        ),
        (
            "<blockquote><p>We go.</p><p>— Ann Roe, mayor</p></blockquote>",
            "“We go.”\n\n— Ann Roe, mayor",
        ),
        ("<blockquote>“We go.”<cite>Ann Roe</cite></blockquote>", "“We go.”\n\nAnn Roe"),
        (
            '<blockquote class="twitter-tweet"><p>We go.</p>&mdash; Ann Roe (@ann)</blockquote>',
            "“We go.”\n\n— Ann Roe (@ann)",
        ),
        ("<p>A poem.</p><blockquote>Roses are red.</blockquote>", "A poem.\n\nRoses are red."),
        (
            "<p>He said:</p><blockquote>“We go,” she said.</blockquote>",
            "He said:\n\n“We go,” she said.",
        ),
    ],
)
def test_what_is_marked_up_as_speech_gets_marks(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("text", "markup", "page"),
    [
        ("<p>One</p>", True, False),
        ("One<br>two<br>three", True, False),
        ("If a < b and c > d", False, False),
        ("Write <p> for a paragraph.", False, False),
        ("<b> is bold, <i> is italic", False, False),
        ("<foo>x</foo>", False, False),
        ("<!DOCTYPE html><html><body><p>x</p></body></html>", True, True),
        ("\n<html lang=en><p>x</p>", True, True),
    ],
)
def test_what_is_markup(text: str, markup: bool, page: bool) -> None:
    assert (is_markup(text), is_page(text)) == (markup, page)


def test_any_depth() -> None:
    assert to_text("<div>" * 200 + "deep" + "</div>" * 200) == "deep"
    to_text("<div>" * 100_000 + "lost" + "</div>" * 100_000)


@given(st.text(st.sampled_from('ab “"<>/p=&;qblockquote\n—:')))
def test_no_markup_breaks_the_reader(html: str) -> None:
    to_text(html)
    is_markup(html)
