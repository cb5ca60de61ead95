"""Fit the veto on reworded statements and write ``seeds/merging.json`` with its checksum.

    python benchmarks/fit_merging.py CORPORA [-o seeds]

Needs scikit-learn (``pip install --group train``), which the program itself does not. Two sorts of
labels under CORPORA: the labelled events of ``basil``, ``polnear`` and ``summit`` (pairs of
statements of one speaker and one event that share a blocking key), and the pairs of
``benchmarks/merging_pairs.tsv``, statements of one speaker in PolNeAR that share words, judged by
hand for this purpose and named by file and offset. Pairs of which one holds the other are left out:
the model is not asked about them.

Events are left out for measuring (``FOLDS`` folds over groups of articles that no pair joins to
others). The last table says what the model refuses of what the hand rules propose: it may cost
renderings of one statement no more than a few in a genre.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from quotes.articles import read_articles
from quotes.english.document import Document
from quotes.evaluation.gold import ArticleFacts, labelled_renderings
from quotes.evaluation.rows import document, read_rows
from quotes.normaliser.cluster import components
from quotes.normaliser.compare import compare, match
from quotes.normaliser.links import candidate_pairs
from quotes.normaliser.model import Rendering
from quotes.normaliser.nodes import Node, build_nodes, gap
from quotes.normaliser.statements import split_statements
from quotes.normaliser.veto import FEATURES, WEIGHTS, Veto, features
from quotes.records import Article
from quotes.spans import find_quotations
from quotes.weights import write_weights

EVENTS = {"basil": ("text",), "polnear": ("dev/text", "train/text"), "summit": ("text",)}
PAIRS = Path(__file__).with_name("merging_pairs.tsv")
LEAST = 0.2
"""What is less likely one statement is refused."""
SHARED = 4.0
"""Pairs that share fewer bits are no candidates."""
STRENGTH = 0.3
"""Inverse strength of the regularisation."""
FOLDS = 10
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """Two reworded statements: what the model sees, whether they are one, where they come from."""

    seen: tuple[float, ...]
    same: bool
    proposed: bool
    genre: str
    articles: tuple[str, ...]


def example(left: Node, right: Node, same: bool, genre: str) -> Example | None:
    """Return an example of two statements; None where one holds the other, or they share little."""
    days = gap(left, right)
    proposed = match(left.wording, right.wording, days)
    found = proposed or compare(left.wording, right.wording)
    if found.verbatim or found.shared < SHARED:
        return None
    seen = features(found, left.wording, right.wording, left.names | right.names)
    articles = tuple({one.article for node in (left, right) for one in node.renderings})
    return Example(tuple(map(seen.get, FEATURES)), same, proposed is not None, genre, articles)


def of_events(folder: Path, articles: Mapping[str, Article]) -> Iterator[Example]:
    """Yield the examples of a folder of labelled events."""
    facts = {name: ArticleFacts(one.published, one.outlet) for name, one in articles.items()}
    labels: dict[int, Row] = {}
    by_speaker: dict[str, list[Rendering]] = defaultdict(list)
    for row, rendering in labelled_renderings(
        read_rows(folder / "segments.jsonl", "segment"), facts
    ):
        labels[rendering.key] = row
        by_speaker[rendering.speaker].append(rendering)
    skipped = doubtful(folder / "skip.jsonl")
    for own in by_speaker.values():
        nodes = build_nodes(own)
        for left, right in ((nodes[a], nodes[b]) for a, b in candidate_pairs(nodes)):
            pairs = itertools.product(left.renderings, right.renderings)
            rows = [(labels[one.key], labels[two.key]) for one, two in pairs]
            judged = [share for pair in rows if (share := sharing(*pair, skipped)) is not None]
            if judged and (found := example(left, right, any(judged), folder.name)):
                yield found


def doubtful(path: Path) -> set[frozenset[tuple[str, int]]]:
    """Return the pairs of segments that count neither way."""
    rows = read_rows(path, "skip") if path.exists() else ()
    return {
        frozenset(pair)
        for row in rows
        for pair in itertools.combinations([(document(a), b) for a, b in row["members"]], 2)
    }


def sharing(one: Row, two: Row, skipped: set[frozenset[tuple[str, int]]]) -> bool | None:
    """Return whether two segments share a label; None where that is not known."""
    places = frozenset((document(row["doc"]), row["start"]) for row in (one, two))
    if one["scope"] != two["scope"] or len(places) < 2 or places in skipped:
        return None
    return not {*one["groups"]}.isdisjoint(two["groups"])


def of_pairs(articles: Mapping[str, Article]) -> Iterator[Example]:
    """Yield the examples that were judged pair by pair."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    names = {hashlib.sha256(name.encode()).hexdigest()[:12]: name for name in articles}
    for row in rows:  # files are named by the beginning of the SHA-256 of their names
        row["doc"], row["other"] = names[row["doc"]], names[row["other"]]
    wanted = {row[name] for row in rows for name in ("doc", "other")}
    said = {name: dict(statements(articles[name])) for name in wanted}
    lost = 0
    for number, row in enumerate(rows):
        places = (row["doc"], int(row["start"])), (row["other"], int(row["other_start"]))
        if any(start not in said[name] for name, start in places):
            lost += 1
            continue
        nodes = [
            build_nodes(
                [
                    Rendering(
                        2 * number + side,
                        "one",
                        said[name][start],
                        articles[name].published,
                        None,
                        name,
                        start,
                    )
                ]
            )[0]
            for side, (name, start) in enumerate(places)
        ]
        found = example(*nodes, row["same"] == "1", "pairs")
        if found:
            yield found
    if lost:
        print(f"{lost} of {len(rows)} pairs of {PAIRS.name} are statements no more: left out")


def statements(article: Article) -> Iterator[tuple[int, str]]:
    """Yield the statements of an article with their offsets."""
    for quotation in find_quotations(Document(article.body)):
        for one in split_statements(quotation):
            yield one.start, one.text


def read(folder: Path, parts: Iterable[str]) -> dict[str, Article]:
    """Return the articles of a corpus by document."""
    paths = [str(path) for part in parts for path in sorted((folder / part).glob("*.txt"))]
    return {document(one.source): one for one in read_articles(paths, on_error=fail)}


def fail(error: Exception) -> None:
    """Let no article be missing."""
    raise error


def groups(examples: list[Example]) -> list[int]:
    """Return the group of each example: articles that a pair joins are of one group."""
    names = sorted({name for one in examples for name in one.articles})
    at = {name: number for number, name in enumerate(names)}
    pairs = [(at[one.articles[0]], at[name]) for one in examples for name in one.articles[1:]]
    joined = components(len(names), pairs)
    group = {node: number for number, nodes in enumerate(joined) for node in nodes}
    return [group[at[one.articles[0]]] for one in examples]


def fitted(seen: Any, same: Any) -> dict[str, Any]:
    """Return the weights of a logistic regression, for features as they are."""
    scaler = StandardScaler().fit(seen)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scaler.transform(seen), same)
    weights = model.coef_[0] / scaler.scale_
    intercept = model.intercept_[0] - weights @ scaler.mean_
    return {
        "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)},
        "intercept": round(float(intercept), 4),
        "least": LEAST,
    }


def probabilities(data: dict[str, Any], seen: Any) -> Any:
    """Return how likely examples are one statement."""
    veto = Veto(data)
    rows = (dict(zip(FEATURES, row, strict=True)) for row in seen)
    return np.array([veto.opinion(row).probability for row in rows])


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    examples: list[Example] = []
    for name, parts in EVENTS.items():
        articles = read(options.corpora / name, parts)
        examples += of_events(options.corpora / name, articles)
        if name == "polnear":
            examples += of_pairs(articles)
    seen = np.array([one.seen for one in examples])
    same = np.array([one.same for one in examples])
    proposed = np.array([one.proposed for one in examples])
    genres = np.array([one.genre for one in examples])
    unseen = np.zeros(len(examples))
    for train, held in GroupKFold(FOLDS).split(seen, same, groups(examples)):
        unseen[held] = probabilities(fitted(seen[train], same[train]), seen[held])
    print(f"{len(examples)} pairs, {same.sum()} of one statement; events left out:")
    print(
        f"area under the curve {roc_auc_score(same, unseen):.3f}, of what the rules propose "
        f"{roc_auc_score(same[proposed], unseen[proposed]):.3f}"
    )
    for genre in sorted({*genres}):
        own = proposed & (genres == genre)
        refused = own & (unseen < LEAST)
        print(
            f"{genre:<8} two statements refused {(refused & ~same).sum()} of "
            f"{(own & ~same).sum()}, one statement refused {(refused & same).sum()} of "
            f"{(own & same).sum()}"
        )
    data = fitted(seen, same)
    data["made"] = "benchmarks/fit_merging.py on BASIL 2011 and 2017, PolNeAR, summit; figures only"
    write_weights(options.output, WEIGHTS, data)
    print(json.dumps(data, indent=1))


if __name__ == "__main__":
    main()
