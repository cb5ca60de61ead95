"""Stage 9: ``quotes serve``, the pages that a newsroom leaves open. Needs the extra ``web``.

READ FIRST: ``app.py``, where every address stands once. Nothing is decided here: a page asks
``search``, ``export`` and the judgements, as the command line does, and shows what they return.
"""
