"""Write what the encoder learns from: quotations, what is proposed for each, and what is right.

usage: python benchmarks/encoder_examples.py BRAT_FOLDER -o FOLDER [--layouts original flat ...]

BRAT_FOLDER holds articles with annotated sources (PolNeAR train). One file of JSON lines is written
for each layout, an article a line: its text, its quotations, and for every quotation with an
annotated source the candidates of the attribution rules, their features, and which of them overlap
that source. The files hold the articles' text: keep them out of the project.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fit_kinds import contexts, labelled
from layouts import LAYOUTS, Relaid

from quotes.attribution.attributor import Attributor
from quotes.attribution.features import rows
from quotes.english.document import Document
from quotes.english.parser import load_model
from quotes.evaluation.brat import LabelledArticle, LabelledAttribution, Pieces, read_brat
from quotes.evaluation.mentions import gold_source, is_right
from quotes.spans import find_quotations

Example = dict[str, Any]


def relabelled(
    article: LabelledArticle, laid: Relaid, document: Document
) -> Iterator[LabelledAttribution]:
    """Yield the labels of an article at their places in the text of the re-laid document."""
    starts = document.laid.starts

    def place(start: int, end: int) -> tuple[int, int]:
        start, end = laid.span(start, end)
        if starts is None:
            return start, end
        first = max(0, bisect_right(starts, start) - 1)
        return first, max(first + 1, bisect_left(starts, end))

    def moved(pieces: Pieces) -> Pieces:
        return tuple(place(start, end) for start, end in pieces)

    for label in article.attributions:
        yield LabelledAttribution(moved(label.source), moved(label.content))


def example(article: LabelledArticle, layout: str, attributor: Attributor) -> Example:
    """Return an article in a layout: its quotations, with candidates where a source is known."""
    laid = LAYOUTS[layout](article.body)
    document = Document(laid.body)
    labels = tuple(relabelled(article, laid, document))
    quotations = find_quotations(document)
    asked = []
    for index, found in attributor.decide(document, quotations).items():
        quotation = quotations[index]
        source = gold_source(quotation, labels)
        if quotation.parent is not None or not source or not found.candidates:
            continue
        start, _ = document.paragraph(quotation.start)
        mentions = [c.best.mention for c in found.candidates]
        asked.append(
            {
                "quotation": index,
                "source": source,
                "candidates": [(m.start, m.end) for m in mentions],
                "right": [is_right(m, source) for m in mentions],
                "rules": [c.best.rule for c in found.candidates],
                "features": rows(
                    found.candidates, quotation, document.text, start, attributor.rules
                ),
            }
        )
    moved = LabelledArticle(article.path, document.text, labels)
    spoken = {q.start: label for q, _, label in labelled(moved, contexts(document))}
    return {
        "article": article.path.stem,
        "layout": layout,
        "body": document.text,
        "quotations": [(q.start, q.end, q.parent is not None, q.kind) for q in quotations],
        "speech": [None if q.parent is not None else spoken.get(q.start) for q in quotations],
        "asked": asked,
        "labels": [(label.content, label.source) for label in labels if label.source],
    }


def write(folder: Path, layout: str, output: Path) -> tuple[int, int, int]:
    """Write the articles in one layout; return how many were asked, answerable, and articles."""
    attributor = Attributor(lambda: load_model(None), ranker=None)
    asked = answerable = articles = 0
    with (output / f"{layout}.jsonl").open("w", encoding="utf-8") as file:
        for article in read_brat(folder):
            made = example(article, layout, attributor)
            articles += 1
            asked += len(made["asked"])
            answerable += sum(any(one["right"]) for one in made["asked"])
            file.write(json.dumps(made, ensure_ascii=False) + "\n")
    return asked, answerable, articles


def main() -> None:
    """Write a file a layout."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--layouts", nargs="+", default=[*LAYOUTS], choices=[*LAYOUTS])
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    for layout in given.layouts:
        asked, answerable, articles = write(given.folder, layout, given.output)
        print(
            f"{layout}: {articles} articles, {asked} sourced quotations, "
            f"{answerable / asked:.4f} of them with the source among the candidates",
            flush=True,
        )


if __name__ == "__main__":
    main()
