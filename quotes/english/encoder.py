"""A second opinion on which words name the source of a quotation: a small sentence encoder.

The encoder is MiniLM (Wang et al. 2020), fine-tuned to point from a quotation to its source
(``seeds/encoder/README.md``), with 7-bit weights, run by onnxruntime. It reads a window of the
article around one quotation at a time, so that its answer depends on nothing else. Nothing is
imported or loaded before the first question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.english.windows import Pieces, Range, Window
from quotes.english.wordpieces import WordPieces
from quotes.errors import ModelError
from quotes.resources import folder
from quotes.weights import read_files

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NETWORK, PIECES, MIXING = FILES = ("network.onnx", "pieces.txt", "mixing.json")
_RUNTIME = "onnxruntime"


def missing() -> str | None:
    """Return what to tell the user if the encoder cannot run here, else None."""
    if find_spec(_RUNTIME):
        return None
    return (
        f"{_RUNTIME} is not installed, so speakers are found the fast way, which is right a little "
        "less often: install it, or ask for the fast way"
    )


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the encoder says about one quotation: how well each piece of its window fits."""

    pieces: Pieces
    window: Window
    scores: NDArray[np.float32]
    outside: float

    def of(self, mentions: Sequence[Range]) -> NDArray[np.float64]:
        """Return the log-probability of each mention (start, end), given that one is the source.

        The score of a mention is the mean over its pieces; one outside the window has a fixed one.
        """
        import numpy as np

        found = np.array([self._score(mention) for mention in mentions], dtype=np.float64)
        found -= found.max()
        result: NDArray[np.float64] = found - np.log(np.exp(found).sum())
        return result

    def _score(self, mention: Range) -> float:
        where = self.window.positions(self.pieces.range(*mention))
        return float(self.scores[where.start : where.stop].mean()) if where else self.outside


class Encoder:
    """Reads windows of articles. ``place`` is the folder of the model.

    Raises ModelError if a file of the model is missing or altered, or the runtime does not work.
    """

    def __init__(self, place: Path) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            reason = f"cannot be loaded ({error}): reinstall it, or use --fast"
            raise ModelError(f"{_RUNTIME} {reason}") from error
        files = read_files(place, FILES)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            files[NETWORK], options, providers=["CPUExecutionProvider"]
        )
        self._vocabulary = WordPieces(files[PIECES].decode("utf-8").split("\n"))
        self.mixing: dict[str, Any] = json.loads(files[MIXING])

    def read(
        self, text: str, quotations: Sequence[Range], asked: Sequence[int]
    ) -> Iterator[tuple[int, Opinion]]:
        """Yield the number of each quotation asked about, and what the encoder says.

        ``quotations`` are (start, end) in the order of the text, none inside another.
        """
        import numpy as np

        pieces = Pieces(text, quotations, self._vocabulary)
        for number in asked:
            window = pieces.window(pieces.quoted[number])
            quoted = np.zeros(len(window.ids), np.int64)
            for one in pieces.near(window):
                where = window.positions(one)
                quoted[where.start : where.stop] = 1
            question = np.zeros((1, len(window.ids)), np.float32)
            where = window.positions(pieces.quoted[number])
            question[0, where.start : where.stop] = 1 / max(1, len(where))
            given = {"ids": np.array(window.ids), "quoted": quoted, "asked": question}
            scores = self._session.run(None, given)[0][0]
            yield number, Opinion(pieces, window, scores, float(self.mixing["outside"]))


@cache
def load_encoder() -> Encoder | None:
    """Return the encoder of ``seeds/encoder``, or None if the package that runs it is missing.

    Raises ModelError if a file of the model is missing or altered.
    """
    return None if missing() else Encoder(folder("seeds") / "encoder")
