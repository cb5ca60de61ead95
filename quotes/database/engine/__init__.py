"""The ground floor: what it takes to keep anything, whatever it means.

``address`` and ``connection`` open a database, ``migrate`` brings its schema up to date, ``models``
are its tables, ``transaction`` lets one writer in at a time, ``bulk`` writes many rows at once.
"""
