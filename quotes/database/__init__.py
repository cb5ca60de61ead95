"""Stage 6: where articles, quotations, speakers and quotes are kept (SQLite or PostgreSQL)."""
