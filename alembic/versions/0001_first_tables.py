"""The first tables, the full-text index over renderings, and the views for people."""

import sqlalchemy as sa

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "outlets",
    "runs",
    "speakers",
    "articles",
    "quotes",
    "speaker_names",
    "speaker_roles",
    "quotations",
    "variants",
    "attributions",
    "renderings",
    "judgements",
    "rendering_keys",
)

PRINTINGS = """
  FROM variants v
  JOIN renderings r ON r.variant_id = v.id
  JOIN quotations q ON q.id = r.quotation_id
  JOIN articles a ON a.id = q.article_id"""

# An article without a known outlet counts as an outlet of its own, whatever its versions.
PRINTER = "coalesce(a.outlet_id, -coalesce(a.first_id, a.id))"

VIEWS = {
    # One row a quotation. A quotation may render several quotes: quote_id is that of its longest
    # rendering (the first of equals). confidence: mention and speaker together.
    "quotation_list": """
SELECT q.id, q.article_id, s.name AS speaker, s.slug AS speaker_slug, s.type AS speaker_type,
  q.text, q.kind, t.mention, t.cue, o.name AS outlet, a.title, a.url, a.source, a.published,
  t.confidence * coalesce(t.speaker_confidence, 1.0) AS confidence, t.rule, t.reason,
  (SELECT v.quote_id
     FROM renderings r JOIN variants v ON v.id = r.variant_id
    WHERE r.quotation_id = q.id
    ORDER BY r."end" - r.start DESC, r.start LIMIT 1) AS quote_id,
  q.start, q."end"
  FROM quotations q
  JOIN articles a ON a.id = q.article_id
  LEFT JOIN outlets o ON o.id = a.outlet_id
  LEFT JOIN attributions t ON t.quotation_id = q.id
  LEFT JOIN speakers s ON s.id = t.speaker_id""",
    # One row a canonical quote. divergent: how many variants may change the meaning.
    "quote_list": f"""
SELECT k.id, s.name AS speaker, s.slug AS speaker_slug, k.text, k.first_published,
  k.last_published,
  (SELECT count(*) FROM variants v WHERE v.quote_id = k.id) AS variants,
  (SELECT count(*) FROM variants v JOIN renderings r ON r.variant_id = v.id
    WHERE v.quote_id = k.id) AS renderings,
  (SELECT count(DISTINCT {PRINTER}){PRINTINGS} WHERE v.quote_id = k.id) AS outlets,
  (SELECT count(DISTINCT v.id) FROM variants v JOIN renderings r ON r.variant_id = v.id
    WHERE v.quote_id = k.id AND r.relation = 'divergent') AS divergent
  FROM quotes k
  JOIN speakers s ON s.id = k.speaker_id""",  # noqa: S608
    # One row a distinct wording of a quote.
    "variant_list": f"""
SELECT v.id, v.quote_id, s.name AS speaker, s.slug AS speaker_slug, v.text,
  (SELECT min(CASE r.relation WHEN 'identical' THEN 'canonical' ELSE r.relation END)
     FROM renderings r WHERE r.variant_id = v.id) AS relation,
  (SELECT count(*) FROM renderings r WHERE r.variant_id = v.id) AS renderings,
  (SELECT count(DISTINCT {PRINTER})
     FROM renderings r JOIN quotations q ON q.id = r.quotation_id
     JOIN articles a ON a.id = q.article_id WHERE r.variant_id = v.id) AS outlets,
  (SELECT min(a.published)
     FROM renderings r JOIN quotations q ON q.id = r.quotation_id
     JOIN articles a ON a.id = q.article_id WHERE r.variant_id = v.id) AS first_published
  FROM variants v
  JOIN quotes k ON k.id = v.quote_id
  JOIN speakers s ON s.id = k.speaker_id""",  # noqa: S608
    # One row a printed statement. Without a speaker it has no quote.
    "rendering_list": """
SELECT r.id, v.quote_id, r.variant_id, r.quotation_id, q.article_id, a.source, q.start, q."end",
  r.start AS rendering_start, r."end" AS rendering_end, r.text, s.name AS speaker,
  s.slug AS speaker_slug, o.name AS outlet, a.title, a.url, a.published, r.relation, r.score,
  t.confidence * coalesce(t.speaker_confidence, 1.0) AS confidence
  FROM renderings r
  JOIN quotations q ON q.id = r.quotation_id
  JOIN articles a ON a.id = q.article_id
  LEFT JOIN outlets o ON o.id = a.outlet_id
  LEFT JOIN attributions t ON t.quotation_id = q.id
  LEFT JOIN speakers s ON s.id = t.speaker_id
  LEFT JOIN variants v ON v.id = r.variant_id""",
}

# Full text over every printed wording, so that any of them finds its quote. Words are stemmed,
# none is left out ("not" matters), case and accents do not count, and marks part words.
SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE rendering_search USING fts5(
         text, content='renderings', content_rowid='id',
         tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER rendering_search_insert AFTER INSERT ON renderings BEGIN
         INSERT INTO rendering_search (rowid, text) VALUES (new.id, new.text);
       END""",
    """CREATE TRIGGER rendering_search_delete AFTER DELETE ON renderings BEGIN
         INSERT INTO rendering_search (rendering_search, rowid, text)
         VALUES ('delete', old.id, old.text);
       END""",
    """CREATE TRIGGER rendering_search_update AFTER UPDATE OF text ON renderings BEGIN
         INSERT INTO rendering_search (rendering_search, rowid, text)
         VALUES ('delete', old.id, old.text);
         INSERT INTO rendering_search (rowid, text) VALUES (new.id, new.text);
       END""",
)
POSTGRESQL_SEARCH = (
    "CREATE TEXT SEARCH DICTIONARY quotes_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION quotes_english (COPY = pg_catalog.english)",
    """ALTER TEXT SEARCH CONFIGURATION quotes_english
       ALTER MAPPING FOR asciiword, word, asciihword, hword, hword_asciipart, hword_part
       WITH quotes_stem""",
    # Accents off (NFKD without the combining marks), marks to spaces. An index holds 1 MB at most.
    r"""CREATE FUNCTION quotes_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
        RETURN regexp_replace(
          regexp_replace(normalize(left($1, 100000), NFKD), '[\u0300-\u036f]', '', 'g'),
          '[!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u206f]+', ' ', 'g')""",
    """CREATE INDEX ix_renderings_search ON renderings
       USING gin (to_tsvector('quotes_english'::regconfig, quotes_plain(text)))""",
)


def upgrade() -> None:
    op.create_table(
        "outlets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.CheckConstraint("origin IN ('seed', 'article', 'person')", name="ck_outlets_origin"),
        sa.PrimaryKeyConstraint("id", name="pk_outlets"),
        sa.UniqueConstraint("slug", name="uq_outlets_slug"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True)),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("quotations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text()),
        sa.Column("wikidata", sa.Text()),
        sa.Column("party", sa.Text()),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.CheckConstraint("gender IN ('female', 'male')", name="ck_speakers_gender"),
        sa.CheckConstraint("origin IN ('seed', 'article', 'person')", name="ck_speakers_origin"),
        sa.CheckConstraint(
            "type IN ('person', 'organisation', 'group', 'anonymous')", name="ck_speakers_type"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_speakers"),
        sa.UniqueConstraint("slug", name="uq_speakers_slug"),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer()),
        sa.Column("outlet_id", sa.Integer()),
        sa.Column("title", sa.Text()),
        sa.Column("byline", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["articles.id"], name="fk_articles_first_id_articles"
        ),
        sa.ForeignKeyConstraint(
            ["outlet_id"], ["outlets.id"], name="fk_articles_outlet_id_outlets"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("content_hash", "address", name="uq_articles_content_hash_address"),
    )
    op.create_index("ix_articles_outlet_id", "articles", ["outlet_id"])
    op.create_index("ix_articles_published", "articles", ["published"])
    op.create_index("ix_articles_url_version", "articles", ["url", "version"], unique=True)

    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_published", sa.Date()),
        sa.Column("last_published", sa.Date()),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name="fk_quotes_speaker_id_speakers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quotes_component", "quotes", ["component"])
    op.create_index("ix_quotes_first_published", "quotes", ["first_published"])
    op.create_index("ix_quotes_speaker_id", "quotes", ["speaker_id"])

    op.create_table(
        "speaker_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('seed', 'article', 'person')", name="ck_speaker_names_origin"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
            name="fk_speaker_names_speaker_id_speakers",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_speaker_names"),
        sa.UniqueConstraint("speaker_id", "name", name="uq_speaker_names_speaker_id_name"),
    )
    op.create_index("ix_speaker_names_folded", "speaker_names", ["folded"])

    op.create_table(
        "speaker_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("of", sa.Text()),
        sa.Column("start", sa.Date()),
        sa.Column("end", sa.Date()),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('seed', 'article', 'person')", name="ck_speaker_roles_origin"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
            name="fk_speaker_roles_speaker_id_speakers",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_speaker_roles"),
    )
    op.create_index("ix_speaker_roles_speaker_id", "speaker_roles", ["speaker_id"])

    op.create_table(
        "quotations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("inner_start", sa.Integer(), nullable=False),
        sa.Column("inner_end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kind_rule", sa.Text(), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("continues_id", sa.Integer()),
        sa.CheckConstraint("kind IN ('direct', 'mixed', 'none')", name="ck_quotations_kind"),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_quotations_article_id_articles",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["continues_id"], ["quotations.id"], name="fk_quotations_continues_id_quotations"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["quotations.id"], name="fk_quotations_parent_id_quotations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quotations"),
        sa.UniqueConstraint(
            "article_id", "start", "end", name="uq_quotations_article_id_start_end"
        ),
    )
    op.create_table(
        "variants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name="fk_variants_quote_id_quotes"),
        sa.PrimaryKeyConstraint("id", name="pk_variants"),
        sa.UniqueConstraint("quote_id", "fingerprint", name="uq_variants_quote_id_fingerprint"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attributions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("mention", sa.Text()),
        sa.Column("mention_start", sa.Integer()),
        sa.Column("mention_end", sa.Integer()),
        sa.Column("cue", sa.Text()),
        sa.Column("cue_start", sa.Integer()),
        sa.Column("cue_end", sa.Integer()),
        sa.Column("reporter", sa.Text()),
        sa.Column("reporter_start", sa.Integer()),
        sa.Column("reporter_end", sa.Integer()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("speaker_id", sa.Integer()),
        sa.Column("speaker_rule", sa.Text()),
        sa.Column("speaker_confidence", sa.Double()),
        sa.Column("speaker_evidence", sa.JSON(), nullable=False),
        sa.Column("on_behalf_of", sa.Text()),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotations.id"],
            name="fk_attributions_quotation_id_quotations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_attributions_run_id_runs"),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name="fk_attributions_speaker_id_speakers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attributions"),
        sa.UniqueConstraint("quotation_id", name="uq_attributions_quotation_id"),
    )
    op.create_index("ix_attributions_run_id", "attributions", ["run_id"])
    op.create_index("ix_attributions_speaker_id", "attributions", ["speaker_id"])

    op.create_table(
        "renderings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer()),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text()),
        sa.Column("score", sa.Double()),
        sa.CheckConstraint(
            "relation IN ('canonical', 'identical', 'trimmed', 'reworded', 'divergent')",
            name="ck_renderings_relation",
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotations.id"],
            name="fk_renderings_quotation_id_quotations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name="fk_renderings_variant_id_variants"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_renderings"),
    )
    op.create_index("ix_renderings_quotation_id", "renderings", ["quotation_id"])
    op.create_index("ix_renderings_variant_id", "renderings", ["variant_id"])

    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quotation_id", sa.Integer()),
        sa.Column("rendering_id", sa.Integer()),
        sa.Column("other_id", sa.Integer()),
        sa.Column("value", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Text()),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "kind IN ('attribution', 'same', 'different')", name="ck_judgements_kind"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["renderings.id"], name="fk_judgements_other_id_renderings"
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"], ["quotations.id"], name="fk_judgements_quotation_id_quotations"
        ),
        sa.ForeignKeyConstraint(
            ["rendering_id"], ["renderings.id"], name="fk_judgements_rendering_id_renderings"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
    )
    op.create_index("ix_judgements_other_id", "judgements", ["other_id"])
    op.create_index("ix_judgements_quotation_id", "judgements", ["quotation_id"])
    op.create_index("ix_judgements_rendering_id", "judgements", ["rendering_id"])

    op.create_table(
        "rendering_keys",
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rendering_id"],
            ["renderings.id"],
            name="fk_rendering_keys_rendering_id_renderings",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name="fk_rendering_keys_speaker_id_speakers"
        ),
        sa.PrimaryKeyConstraint("speaker_id", "key", "rendering_id", name="pk_rendering_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rendering_keys_rendering_id", "rendering_keys", ["rendering_id"])
    search_and_views()


def search_and_views() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_SEARCH if sqlite else POSTGRESQL_SEARCH:
        op.get_bind().exec_driver_sql(statement)
    for name, query in VIEWS.items():
        op.get_bind().exec_driver_sql(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    bind = op.get_bind()
    for name in VIEWS:
        bind.exec_driver_sql(f"DROP VIEW {name}")
    if bind.dialect.name == "sqlite":
        bind.exec_driver_sql("DROP TABLE rendering_search")
    for name in (*reversed(TABLES), "judgements_kept", "attributions_kept", "undos_kept"):
        op.drop_table(name, if_exists=True)
    if bind.dialect.name == "postgresql":
        bind.exec_driver_sql("DROP FUNCTION quotes_plain(text)")
        bind.exec_driver_sql("DROP TEXT SEARCH CONFIGURATION quotes_english")
        bind.exec_driver_sql("DROP TEXT SEARCH DICTIONARY quotes_stem")
