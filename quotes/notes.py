"""What the program says beside its results, such as that it waits: warnings of its logger.

The command line prints them on standard error; who uses the library hears them through ``logging``.
"""

from __future__ import annotations


def tell(text: str) -> None:
    """Say ``text``, one line, to whoever listens to the logger ``quotes``."""
    import logging  # most runs have nothing to say

    logging.getLogger("quotes").warning("%s", text)
