"""The spaCy pipeline that parses what the surface rules leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import ModelError
from quotes.settings import model_name

if TYPE_CHECKING:
    from spacy.language import Language

_UNUSED_PIPES = ("ner", "lemmatizer", "attribute_ruler", "textcat", "entity_linker")


def load_model(name: str | None) -> Language:
    """Load the spaCy pipeline ``name`` (None: the configured one) without the parts not needed.

    Raises ModelError if it is not installed or has no parser.
    """
    wanted = name or model_name()
    import spacy

    try:
        nlp = spacy.load(wanted, exclude=list(_UNUSED_PIPES))
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"spaCy pipeline '{wanted}' cannot be loaded: install it with pip, or choose another "
            "with --model or QUOTES_MODEL"
        ) from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"spaCy pipeline '{wanted}' has no parser: choose one that has")
    return nlp
