"""quotes: find quotations in news articles, decide who said each, merge their renderings."""

__version__ = "0.1.0"
