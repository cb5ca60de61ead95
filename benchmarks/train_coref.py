"""Train the coreference model that ships with the project and write it to ``seeds/coref``.

usage: python benchmarks/train_coref.py LITBANK_BRAT_FOLDER [-o seeds/coref]

LITBANK_BRAT_FOLDER holds the ``.txt`` and ``.ann`` files of LitBank's coreference layer
(https://github.com/dbamman/litbank, CC BY 4.0). The trainer is coreferee's own, with its own split
(four fifths of the words to train, the rest held out; training stops after the first epoch that is
no better). One core needs about 20 minutes.

Coreferee 1.5 would train into the folder of its installed package, where stubs make it believe
that every model exists, and would pickle the list of features. ``Trainer`` hands both out instead:
the network is written as thinc's msgpack, the list as JSON, both with a checksum.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import spacy
from coreferee.data_model import FeatureTable
from coreferee.training.loaders import LitBankANNLoader
from coreferee.training.train import TrainingManager
from thinc.api import Model, fix_random_seed

from quotes.speakers.coreference import CHECKSUMS, FEATURES, NETWORK, PIPELINE

SEED = 1


@dataclasses.dataclass
class Trained:
    """What the training gave."""

    network: Model[Any, Any]
    features: FeatureTable


class Trainer(TrainingManager):  # type: ignore[misc]  # coreferee has no types
    """Coreferee's trainer for one installed pipeline, without its folders of models."""

    def __init__(self, data: Path, scratch: Path) -> None:
        nlp = spacy.load(PIPELINE)
        self._entry = {"model": nlp.meta["name"], "train_version": nlp.meta["version"]}
        self.nlp_dict = {f"en_{nlp.meta['name']}": nlp}
        self.lang, self.train_not_check = "en", True
        self.loaders = [LitBankANNLoader()]
        self.data_dir = str(data)
        self.models_dirname = str(scratch)
        self._scratch = scratch
        self._trained: Trained | None = None

    def train_thinc_model(self, *arguments: Any) -> Model[Any, Any]:
        """Train as coreferee does, and keep the result."""
        network = super().train_thinc_model(*arguments)
        self._trained = Trained(network, features=arguments[-1])
        return network

    def train(self) -> Trained:
        """Train and return the model."""
        fix_random_seed(SEED)
        (self._scratch / "coreferee_model_en").mkdir()
        with (self._scratch / "log").open("w", encoding="utf-8") as log:
            self.train_or_check("sm", self._entry, log)
        assert self._trained is not None
        return self._trained


def write(trained: Trained, folder: Path) -> None:
    """Write the network, the features and their checksums into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NETWORK).write_bytes(trained.network.to_bytes())
    features = json.dumps(vars(trained.features), indent=1, ensure_ascii=False)
    (folder / FEATURES).write_text(features + "\n", encoding="utf-8")
    sums = (
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in (FEATURES, NETWORK)
    )
    (folder / CHECKSUMS).write_text("".join(sums), encoding="utf-8")


def main() -> None:
    """Train on a folder, write to another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("litbank", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds/coref"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        write(Trainer(given.litbank, Path(scratch)).train(), given.output)


if __name__ == "__main__":
    main()
