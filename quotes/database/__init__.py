"""Stage 6: where articles, quotations, speakers and quotes are kept (SQLite or PostgreSQL).

Five rooms; what stands further down imports what stands above it, never the other way round:

============== =====================================================================================
engine         the tables, connections, transactions and migrations; knows nothing of the rest
extractions    what the program found: articles, quotations, attributions, and what changed in them
registry       who speaks and who publishes: known speakers, outlets, imports
quotes         what follows by merging: renderings in variants in quotes, kept or built anew
judgements     what people decided, and the state that follows from it; the log, what to review
============== =====================================================================================

The modules beside the rooms do what takes several of them: ``session`` opens a database,
``repository`` stores an article, ``reprocess`` stores it again, ``seed`` loads the known speakers.
"""
