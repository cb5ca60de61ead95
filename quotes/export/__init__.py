"""Stage 8: rows for spreadsheets and other programs, as CSV or JSON lines."""
