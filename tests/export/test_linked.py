from __future__ import annotations

import json

from sqlalchemy import Connection

from quotes.export.collected import collect
from quotes.export.linked import annotations_document, quotes_document
from quotes.export.rows import COLUMNS, export_rows
from quotes.search.query import SearchQuery


def test_a_quote_is_a_quotation_and_a_claim(stocked: Connection) -> None:
    document = json.loads(json.dumps(quotes_document(collect(stocked, SearchQuery(text="lease")))))
    (quote,) = document["@graph"]
    assert document["@context"] == "https://schema.org"
    assert quote["@type"] == ["Quotation", "Claim"]
    assert quote["author"]["name"] == "Ada Quill"
    assert quote["datePublished"] == "2025-03-01"
    assert quote["firstAppearance"]["url"] == "https://lantern.example/harbour"
    assert len(quote["appearance"]) == 3
    assert {"name": "remark", "value": "meaning may differ", "@type": "PropertyValue"} in (
        quote["additionalProperty"]
    )


def test_a_quotation_is_an_annotation_of_its_article(stocked: Connection) -> None:
    rows = list(export_rows(stocked, "quotations"))
    document = annotations_document(COLUMNS["quotations"], rows)
    assert document["total"] == len(rows) == 7
    first = document["items"][0]
    quote, position = first["target"]["selector"]
    assert first["target"]["source"] == "https://lantern.example/harbour"
    assert quote["exact"].startswith("“We won’t sell")
    assert position["end"] - position["start"] == len(quote["exact"])
    assert first["body"]["schema:name"] == "Ada Quill"
    silent = next(one for one in document["items"] if "café" in str(one))
    assert "schema:name" not in silent["body"]
