"""What Datasette has to know of the database: ``datasette.yaml``, see ``datasette.md``."""

from __future__ import annotations

import yaml

from quotes.database.engine.views import views
from quotes.search.schema import tables

_SHOWN: dict[str, dict[str, object]] = {
    "quote_list": {"sort_desc": "first_published", "facets": ["speaker", "divergent"]},
    "quotation_list": {"sort_desc": "published", "facets": ["speaker", "outlet", "kind"]},
    "variant_list": {"facets": ["relation", "speaker"]},
    "rendering_list": {
        "sort_desc": "published",
        "facets": ["speaker", "outlet", "relation"],
        "fts_table": "rendering_search",
        "fts_pk": "id",
    },
    "speaker_list": {"sort_desc": "quotes", "facets": ["type", "provisional"]},
    "judgement_list": {"sort_desc": "id", "facets": ["kind", "by"]},
}
"""How Datasette shows the views: in which order, counted by what, and by which full text."""

_LABELS = {
    "articles": "title",
    "outlets": "name",
    "quotations": "text",
    "quotes": "text",
    "renderings": "text",
    "speakers": "name",
    "variants": "text",
}
"""The column that stands for a row of a table where another table refers to it."""

_HIDDEN = ("ambiguities", "former_quotes", "options", "rendering_keys", "voice_keys", "voices")
"""Tables that only the program itself needs."""

_QUERIES = {
    "quotes_by_words": {
        "title": "Quotes with these words in any rendering",
        "sql": """SELECT k.id, k.speaker, k.text, k.first_published, k.outlets, k.divergent
  FROM quote_list k
 WHERE k.id IN (SELECT v.quote_id FROM rendering_search m
                  JOIN renderings r ON r.id = m.rowid
                  JOIN variants v ON v.id = r.variant_id
                 WHERE rendering_search MATCH escape_fts(:words))
 ORDER BY k.first_published DESC""",
    },
    "variants_of_a_quote": {
        "title": "The variants of a quote, with who published them",
        "sql": """SELECT variant_id, relation, text, outlet, published, source, confidence
  FROM rendering_list WHERE quote_id = CAST(:quote_id AS INTEGER)
 ORDER BY variant_id, published""",
    },
}


def metadata_file() -> str:
    """Return the metadata for Datasette: what views and columns mean, labels, facets, full text."""
    shown: dict[str, object] = {
        view.name: {
            "description": f"{view.row}.",
            **_SHOWN.get(view.name, {}),
            "columns": view.columns,
        }
        for view in views()
    }
    for name, holds, _ in tables():
        label = {"label_column": _LABELS[name]} if name in _LABELS else {}
        hidden = {"hidden": True} if name in _HIDDEN else {}
        shown[name] = {"description": holds, **label, **hidden}
    shown |= {name: {"hidden": True} for name in ("quotes_version", "sqlite_sequence")}
    metadata = {
        "title": "Quotes",
        "description": "Who said what, when, who published it, and in which variants.",
        "databases": {"quotes": {"queries": _QUERIES, "tables": shown}},
    }
    text = yaml.dump(metadata, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return f"# Made by docs/generate.py from the program: run `make docs` after a change.\n{text}"


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they read, and nothing by reference."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)
