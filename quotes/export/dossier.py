"""A speaker's dossier: who they are, and their quotes by date with sources, doubt and variants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from quotes.export.collected import RELATIONS, Collected, CollectedQuote, Source, surest
from quotes.export.files import whole_file
from quotes.search.doubt import certainty, doubted, how_sure
from quotes.search.speakers import SpeakerDetails, office

_STYLE = """
body { font: 11pt/1.45 Georgia, serif; max-width: 46em; margin: 2em auto; padding: 0 1em }
h1 { margin-bottom: 0 } header p { margin: .2em 0; color: #555 }
article { border-top: 1px solid #ccc; padding: .8em 0; break-inside: avoid }
blockquote { margin: .2em 0 .4em; font-size: 1.15em }
.facts, ul { font: 9.5pt/1.4 "Helvetica Neue", Arial, sans-serif; color: #444; margin: .2em 0 }
ul { padding-left: 1.2em } .doubt { color: #8a4b00; font-weight: bold }
.divergent { color: #9c0006; font-weight: bold } del { color: #9c0006 } ins { color: #006100 }
a { color: #0b57a4 } footer { color: #777; font-size: 9pt; margin-top: 2em }
@media print { body { margin: 0; max-width: none } a { color: inherit } @page { margin: 18mm } }
"""


def heading(speaker: SpeakerDetails, quotes: int) -> list[str]:
    """Return who the speaker is, as lines; the first is the name."""
    listed = speaker.listed
    facts = [listed.type, listed.gender or "gender unknown", listed.party]
    lines = [listed.name, ", ".join(fact for fact in facts if fact)]
    lines += [office(role) for role in speaker.roles]
    known = speaker.first_published, speaker.last_published
    dates = f", {known[0]} to {known[1]}" if all(known) else ""
    lines.append(f"{quotes:,} quotes, {listed.quotations:,} quotations{dates}")
    if listed.provisional:
        lines.append("Met in articles only: nobody has confirmed who this is.")
    return lines


def write_html(path: Path, lines: Sequence[str], quotes: Iterable[CollectedQuote]) -> int:
    """Write a dossier as one HTML file without scripts; return how many quotes it has.

    Raises QuotesError if it cannot be written.
    """
    count = 0
    with whole_file(path) as part, part.open("w", encoding="utf-8") as stream:
        title = escape(lines[0])
        stream.write(
            f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
            f"<style>{_STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
        )
        stream.writelines(f"<p>{escape(line)}</p>\n" for line in lines[1:])
        stream.write("</header>\n")
        for quote in quotes:
            count += 1
            stream.writelines(_quote(quote))
        stream.write(
            "<footer>Made with quotes. A name or quote marked as uncertain was attributed by the "
            "program without enough evidence: look at the source.</footer>\n</body>\n</html>\n"
        )
    return count


def _quote(quote: CollectedQuote) -> Iterator[str]:
    yield f'<article id="q{quote.id}">\n<blockquote>“{escape(quote.text)}”</blockquote>\n'
    facts = [str(quote.first_published or "undated"), f"q{quote.id}"]
    marked = [escape(" · ".join(facts))]
    if certainty(quote.confidence) != "sure":
        words = f"who said it is {how_sure(quote.confidence)}"
        marked.append(f'<span class="doubt">{escape(words)}</span>')
    marked += [f'<span class="divergent">{escape(remark)}</span>' for remark in quote.remarks]
    first = surest(quote.sources)
    yield f'<p class="facts">{" · ".join(marked)}</p>\n'
    if first:
        yield f'<p class="facts">Why: {escape(first.why)}</p>\n'
    yield "<ul>\n"
    for variant in quote.variants:
        yield from _variant(variant)
    yield "</ul>\n</article>\n"


def _variant(variant: Collected) -> Iterator[str]:
    if variant.relation != "canonical":
        style = ' class="divergent"' if variant.relation == "divergent" else ""
        yield f"<li><span{style}>{escape(RELATIONS[variant.relation])}</span>: {_text(variant)}"
        if variant.warnings:
            yield f" <span{style}>({escape('; '.join(variant.warnings))})</span>"
        yield f"<br>{'; '.join(map(_source, variant.sources))}</li>\n"
        return
    for source in variant.sources:
        yield f"<li>{_source(source)}</li>\n"


def _source(source: Source) -> str:
    place = escape(source.place)
    if source.url and source.url.startswith(("http://", "https://")):
        place = f'<a href="{escape(source.url, quote=True)}">{place}</a>'
    title = f", {escape(source.title)}" if source.title else ""
    names = (
        f', <span class="doubt">names {escape(doubted(source.names, source.confidence))}</span>'
        if source.names
        else ""
    )
    return f"{place}{title}{names}"


def _text(variant: Collected) -> str:
    pieces = []
    for step in variant.difference:
        if step.op == "equal":
            pieces.append(escape(" ".join(step.variant)))
            continue
        if step.canonical:
            pieces.append(f"<del>{escape(' '.join(step.canonical))}</del>")
        if step.variant:
            pieces.append(f"<ins>{escape(' '.join(step.variant))}</ins>")
    return f"“{' '.join(pieces)}”"
