"""The spaCy pipeline that parses what the surface rules leave open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.errors import InstallationError, ModelError
from quotes.settings import model_name

if TYPE_CHECKING:
    from spacy.language import Language

_NUMBER = re.compile(r"^\[[EW]\d+\] ")
_UNUSED_PIPES = ("ner", "lemmatizer", "attribute_ruler", "textcat", "entity_linker")


def load_model(name: str | None) -> Language:
    """Load the spaCy pipeline ``name`` (None: the configured one) without the parts not needed.

    Raises ModelError if it is not installed or has no parser, InstallationError if a package that
    it needs is missing.
    """
    wanted = name or model_name()
    import spacy

    try:
        nlp = spacy.load(wanted, exclude=list(_UNUSED_PIPES))
    except ImportError as error:
        raise InstallationError(error) from error
    except (OSError, ValueError) as error:
        raise ModelError(
            f"spaCy pipeline '{wanted}' cannot be loaded ({_reason(error)}): install it with pip, "
            "or choose another with --model or QUOTES_MODEL"
        ) from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"spaCy pipeline '{wanted}' has no parser: choose one that has")
    return nlp


def _reason(error: Exception) -> str:
    """Return the first sentence of an error, without the number that spaCy puts before it."""
    sentence = " ".join(str(error).split()).partition(". ")[0]
    return _NUMBER.sub("", sentence).rstrip(".")
