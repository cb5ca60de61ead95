"""Find quotations in news articles, decide who said each, and merge their renderings.

    >>> import quotes
    >>> for quotation in quotes.extract("“We sail at noon,” said Ann Roe."):
    ...     print(quotation.speaker, quotation.text)
    Ann Roe “We sail at noon,”

What there is:

    extract(text, published=...)    the quotations of one text, and who said each
    Extractor(jobs=...)             the same for any number of texts
    read_articles("folder")         articles from files, for these two and for a database
    open("quotes.db")               a database: search, show, rows, export, sql, judge, ingest
    nlp.add_pipe("quotes")          a component for spaCy pipelines: doc._.quotations
    QuotesError                     the base of every error that is raised on purpose

Nothing is loaded before it is used, so importing this costs nothing. docs/python.md has more.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # typing's own is not worth importing typing: type checkers know the name
if TYPE_CHECKING:
    from quotes.api.database import Database, Ingested, open  # noqa: A004
    from quotes.api.extraction import Extractor, extract, read_articles
    from quotes.api.judging import Judge
    from quotes.errors import (
        AmbiguousError,
        ArticleError,
        DatabaseError,
        InstallationError,
        ModelError,
        QuotesError,
        SeedError,
        UsageError,
    )
    from quotes.records import Article, Evidence, ExtractedQuotation, KnownSpeaker, Role, Span

__all__ = [
    "AmbiguousError",
    "Article",
    "ArticleError",
    "Database",
    "DatabaseError",
    "Evidence",
    "ExtractedQuotation",
    "Extractor",
    "Ingested",
    "InstallationError",
    "Judge",
    "KnownSpeaker",
    "ModelError",
    "QuotesError",
    "Role",
    "SeedError",
    "Span",
    "UsageError",
    "extract",
    "open",
    "read_articles",
]

_HOMES = {
    "quotes.api.database": ("Database", "Ingested", "open"),
    "quotes.api.extraction": ("Extractor", "extract", "read_articles"),
    "quotes.api.judging": ("Judge",),
    "quotes.records": ("Article", "Evidence", "ExtractedQuotation", "KnownSpeaker", "Role", "Span"),
}
"""Where the names are; what is in no list is an exception of ``quotes.errors``."""


if not TYPE_CHECKING:  # type checkers would take every name for one of these

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        home = next((home for home, names in _HOMES.items() if name in names), "quotes.errors")
        value: object = getattr(import_module(home), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
