"""HTML as text: paragraphs for its blocks, and marks where it says that words are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quotes.english.cues import load_lexicon

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody "
    "tfoot thead tr ul".split()
)
_HIDDEN = frozenset(
    "audio button canvas embed head iframe input math noscript object script select style "
    "svg template textarea title video".split()
)
_TAG = re.compile(r"</?(?P<name>[a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_KNOWN = _BLOCKS | frozenset(
    "a abbr b br cite code em font i img q s small span strong sub sup td th u".split()
)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u200b]+")
_MARKS = re.compile('["“”„«»]')
_LETTERS = re.compile(r"\W+")
_PULLED = re.compile(r"pull|callout|quote", re.IGNORECASE)
_LAST_WORD = re.compile(r"([\w’']+):?\s*$")
_SIGNED = re.compile(r"\s*(?:[—–-]|by\b)\s*[A-Z]")
_EMBEDDED = re.compile(r"twitter-tweet|bluesky-embed|instagram-media|mastodon", re.IGNORECASE)
_NO_SPEECH = ("other", "head")  # groups of verbs in the lexicon
_MOST_QUOTES = 300


def is_page(text: str) -> bool:
    """Whether a text is a whole HTML page."""
    return bool(_PAGE.match(text, 0))


def is_markup(text: str) -> bool:
    """Whether a text is written in HTML: it has at least two tags that HTML knows, one closing."""
    tags = [match for match in _TAG.finditer(text) if match["name"].lower() in _KNOWN]
    return len(tags) > 1 and any(
        match[0].startswith("</") or match["name"].lower() in ("br", "p", "img") for match in tags
    )


def to_text(html: str) -> str:
    """Return a piece of HTML as text, an empty line between its blocks.

    ``<q>`` and the ``<blockquote>`` that is introduced or signed as speech get quotation marks.
    """
    from lxml import html as parser

    if not html.strip():
        return ""
    try:
        tree = parser.fragment_fromstring(html, create_parent="div")
    except (ValueError, AssertionError):  # a whole page, or declarations of XML
        tree = parser.document_fromstring(html.encode())
    mark_speech(tree)
    return tree_text(tree)


def tree_text(tree: Any) -> str:
    """Return the text of an element of lxml, an empty line between its blocks."""
    blocks = (_SPACES.sub(" ", line).strip() for line in _lines(tree))
    paragraphs: list[str] = []
    begun = False
    for block in blocks:
        if not block:
            begun = False
        elif begun:
            paragraphs[-1] += f"\n{block}"
        else:
            paragraphs.append(block)
            begun = True
    return "\n\n".join(paragraphs)


def _lines(tree: Any) -> Iterator[str]:
    """Yield the lines of an element; an empty one ends a paragraph.

    Walks without recursion: pages may nest as deep as they like.
    """
    line: list[str] = []
    for event, text in _events(tree):
        if event == "text":
            line.append(text)
        else:
            yield "".join(line)
            line = []
            if event == "block":
                yield ""
    yield "".join(line)


def _events(tree: Any) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[Any, bool]] = [(tree, False)]
    while waiting:
        node, is_left = waiting.pop()
        name = node.tag if isinstance(node.tag, str) else ""
        if is_left:
            if name in _BLOCKS:
                yield "block", ""
            elif name in ("td", "th"):
                yield "text", " "
            if node is not tree and node.tail:
                yield "text", node.tail
            continue
        if name == "br":
            yield "line", ""
        elif name in _BLOCKS:
            yield "block", ""
        waiting.append((node, True))
        if name and name not in _HIDDEN:
            if node.text:
                yield "text", node.text
            waiting += [(child, False) for child in reversed(node)]


def mark_speech(tree: Any) -> None:
    """Put marks around ``<q>``, and around the block quotations that are somebody's words."""
    for quote in _some(tree, "q"):
        if not _MARKS.search(quote.text_content()):
            _surround([quote])
        quote.tag = "span"  # others take it for a block
    for block in _some(tree, "blockquote"):
        signature = _signature(block)
        said = [part for part in _parts(block) if part is not signature]
        is_said = signature is not None or _is_introduced(block) or _is_signed(block)
        if said and is_said and not _MARKS.search("".join(one.text_content() for one in said)):
            _surround(said)
        if signature is not None and block.getparent() is not None:
            signature.tag = "p"  # a footer would be taken for the page's
            tail, block.tail = block.tail, None
            _keep_tail(signature)
            block.addnext(signature)
            signature.tail = tail


def _keep_tail(element: Any) -> None:
    """Give the text behind an element to what stands before it."""
    tail, element.tail = element.tail or "", None
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + tail
    elif parent is not None:
        parent.text = (parent.text or "") + tail


def drop_pull_quotes(tree: Any) -> None:
    """Remove the block quotations, asides and boxes whose words the paragraphs hold anyway."""
    whole = ""
    for name in ("blockquote", "aside", "figure", "div"):
        for box in _some(tree, name):
            if name == "div" and not _PULLED.search(box.get("class") or ""):
                continue
            own = _parts(box)[0]
            said = _fold(own.text_content())
            if not 20 <= len(said) <= 600 or box.getparent() is None:
                continue
            whole = whole or _fold("\n".join(part.text_content() for part in tree.iter("p")))
            if whole.count(said) > (own is not box):
                box.drop_tree()


def _some(tree: Any, name: str) -> list[Any]:
    return [*tree.iter(name)][:_MOST_QUOTES]


def _parts(block: Any) -> list[Any]:
    """Return the paragraphs of a block quotation; the block itself where it has none."""
    return [part for part in block.iter("p") if part.text_content().strip()] or [block]


def _signature(block: Any) -> Any:
    """Return the element in a block quotation that names who said it; None if there is none."""
    for name in ("footer", "cite", "figcaption"):
        found = block.find(f".//{name}")
        if found is not None and found.text_content().strip():
            return found
    last = _parts(block)[-1]
    return last if last is not block and _SIGNED.match(last.text_content()) else None


def _is_introduced(block: Any) -> bool:
    before = block.getprevious()
    while before is not None and not (
        isinstance(before.tag, str) and before.text_content().strip()
    ):
        before = before.getprevious()
    text = before.text_content() if before is not None else ""
    last = _LAST_WORD.search(text[-80:])
    cue = load_lexicon().verbs.get(last[1].lower()) if last else None
    return text.rstrip().endswith(":") or bool(cue and cue.group not in _NO_SPEECH)


def _is_signed(block: Any) -> bool:
    """Whether the name of who said it follows: in the text behind, or as embedded posts have it."""
    if _EMBEDDED.search(block.get("class") or ""):
        return True
    after = block.getnext()
    return (
        after is not None
        and isinstance(after.tag, str)
        and bool(_SIGNED.match(after.text_content()[:40]) and len(after.text_content()) < 120)
    )


def _surround(parts: list[Any]) -> None:
    """Put an opening mark before each part and a closing one behind the last."""
    for part in parts:
        part.text = "“" + (part.text or "").lstrip()
    last = parts[-1]
    children = [child for child in last if child.tag in ("footer", "cite", "figcaption")]
    if children:  # the mark closes before the signature
        before = children[0].getprevious()
        if before is None:
            last.text = (last.text or "").rstrip() + "” "
        else:
            before.tail = (before.tail or "").rstrip() + "” "
    elif len(last):
        last[-1].tail = (last[-1].tail or "").rstrip() + "”"
    else:
        last.text = (last.text or "").rstrip() + "”"


def _fold(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
