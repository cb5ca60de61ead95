"""One module a group of pages: each takes an ``Ask`` and returns an ``Answer``."""
