"""Statements merged into quotes: all of it follows from the renderings and the judgements on them.

``renderings`` is the normaliser's view of what is stored, with ``cluster`` to add to it;
``clusters`` writes what it decides, ``echoes`` whom unsure words count to, ``regroup`` clusters
anew what has changed and ``rebuild`` everything; ``options`` are choices for the whole database.
"""
