"""Stage 7: finding quotes by words, speaker, outlet and date; showing one; read-only SQL."""
