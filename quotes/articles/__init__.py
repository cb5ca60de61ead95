"""Stage 1: files, folders, tables and standard input become :class:`~quotes.records.Article`.

READ FIRST: ``batch.py`` (the loop over all inputs). One module a format in ``readers/``, listed in
``registry.py``. Only ``web/`` opens network connections, and only if the user gives an address.
Nothing is loaded before it is used: a command that takes a date needs no reader.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from quotes.articles.account import Account
    from quotes.articles.batch import Options, count_inputs, read_articles, read_sources
    from quotes.articles.dates import parse_date, parse_day
    from quotes.articles.language import looks_english
    from quotes.articles.metadata import Metadata
    from quotes.articles.translated import guess_provenance

__all__ = [
    "Account",
    "Metadata",
    "Options",
    "count_inputs",
    "guess_provenance",
    "looks_english",
    "parse_date",
    "parse_day",
    "read_articles",
    "read_sources",
]

_HOMES = {
    "account": ("Account",),
    "batch": ("Options", "count_inputs", "read_articles", "read_sources"),
    "dates": ("parse_date", "parse_day"),
    "language": ("looks_english",),
    "metadata": ("Metadata",),
    "translated": ("guess_provenance",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        home = next((home for home, names in _HOMES.items() if name in names), None)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value
