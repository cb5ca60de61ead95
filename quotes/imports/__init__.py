"""Known speakers from outside: files → ``KnownSpeaker``. Nothing here touches the database.

``read_speakers`` tells the format of each file: a module each reads tables and JSON lines
(``flat``, which also writes them), Wikidata's entities and Popolo.
"""

from quotes.imports.flat import speaker_rows
from quotes.imports.reading import Found, read_speakers

__all__ = ["Found", "read_speakers", "speaker_rows"]
