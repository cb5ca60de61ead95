"""Past one machine: the stages as functions from Arrow table to Arrow table, and who runs them.

``extracting``, ``statements``, ``voices``, ``edges`` and ``clusters`` are pure: what they return
depends on the tables that they are given and on nothing else. ``plan`` puts them in order over an
``Engine``; ``local`` runs that with processes, ``spark`` on Apache Spark.
"""
