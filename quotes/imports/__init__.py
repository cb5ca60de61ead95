"""Known speakers from outside: files → ``KnownSpeaker``. Nothing here touches the database.

``read_speakers`` tells the format of each file: a module each reads tables and JSON lines
(``flat``, which also writes them), Wikidata's entities and Popolo.
"""

from quotes.imports.flat import write_speakers
from quotes.imports.reading import Found, read_speakers

__all__ = ["Found", "read_speakers", "write_speakers"]
