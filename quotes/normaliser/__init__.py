"""Stage 5: statements of quotations → canonical quotes with their variants."""
