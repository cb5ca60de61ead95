"""Stage 8: rows for spreadsheets and other programs, as CSV or JSON lines."""

from quotes.export.rows import COLUMNS, PEOPLE, export_rows, for_people
from quotes.export.writers import defuse, restore, write, write_file

__all__ = [
    "COLUMNS",
    "PEOPLE",
    "defuse",
    "export_rows",
    "for_people",
    "restore",
    "write",
    "write_file",
]
