"""The tables, the full text over renderings, and judgements that are only ever added.

Names of constraints and indexes follow the convention of the models.
"""

from functools import partial
from pathlib import Path

import sqlalchemy as sa

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

TABLES = (
    "outlets",
    "speakers",
    "speaker_names",
    "speaker_roles",
    "runs",
    "articles",
    "quotations",
    "attributions",
    "quotes",
    "variants",
    "voices",
    "voice_keys",
    "renderings",
    "rendering_keys",
    "ambiguities",
    "options",
    "judgements",
    "judgement_places",
)
"""Every table after those that it refers to."""

key = partial(sa.Column, "id", sa.Integer, primary_key=True)
needed = partial(sa.Column, nullable=False)
member = partial(sa.Column, primary_key=True, autoincrement=False)
moment = sa.DateTime(timezone=True)


def refers(table: str, ondelete: str | None = None) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete=ondelete)


def one_of(column: str, *choices: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(map(repr, choices))})", name=column)


def upgrade() -> None:
    create_registry()
    create_extractions()
    create_quotes()
    create_judgements()
    for name in ("search", "judgements"):
        file = SQL / f"{name}.{op.get_bind().dialect.name}.sql"
        for statement in file.read_text(encoding="utf-8").split("\n\n"):
            op.get_bind().exec_driver_sql(statement)


def create_registry() -> None:
    origin = ("origin", "seed", "article", "person")
    op.create_table(
        "outlets",
        key(),
        needed("slug", sa.Text, unique=True),
        needed("name", sa.Text),
        needed("names", sa.JSON),
        needed("domains", sa.JSON),
        sa.Column("country", sa.Text),
        needed("origin", sa.Text),
        sa.Column("merged_into", sa.Integer, refers("outlets")),
        sa.Column("found", sa.JSON),
        one_of(*origin),
    )
    op.create_table(
        "speakers",
        key(),
        needed("slug", sa.Text, unique=True),
        needed("name", sa.Text),
        needed("type", sa.Text),
        sa.Column("gender", sa.Text),
        sa.Column("gender_origin", sa.Text),
        sa.Column("wikidata", sa.Text),
        sa.Column("party", sa.Text),
        needed("provisional", sa.Boolean),
        needed("origin", sa.Text),
        one_of("type", "person", "organisation", "group", "anonymous"),
        one_of("gender", "female", "male"),
        one_of("gender_origin", "first name"),
        one_of(*origin),
    )
    op.create_table(
        "speaker_names",
        key(),
        needed("speaker_id", sa.Integer, refers("speakers", "CASCADE")),
        needed("name", sa.Text),
        needed("folded", sa.Text, index=True),
        needed("uses", sa.Integer),
        needed("origin", sa.Text),
        sa.UniqueConstraint("speaker_id", "name"),
        one_of(*origin),
    )
    op.create_table(
        "speaker_roles",
        key(),
        needed("speaker_id", sa.Integer, refers("speakers", "CASCADE"), index=True),
        needed("title", sa.Text),
        sa.Column("of", sa.Text),
        sa.Column("start", sa.Date),
        sa.Column("end", sa.Date),
        needed("origin", sa.Text),
        one_of(*origin),
    )


def create_extractions() -> None:
    op.create_table(
        "runs",
        key(),
        needed("program", sa.Text),
        needed("model", sa.Text),
        needed("started", moment),
        sa.Column("finished", moment),
        needed("articles", sa.Integer),
        needed("unchanged", sa.Integer),
        needed("failed", sa.Integer),
        needed("quotations", sa.Integer),
    )
    op.create_table(
        "articles",
        key(),
        needed("source", sa.Text),
        sa.Column("url", sa.Text),
        needed("address", sa.Text),
        needed("content_hash", sa.String(64)),
        needed("version", sa.Integer),
        sa.Column("first_id", sa.Integer, refers("articles")),
        sa.Column("outlet_id", sa.Integer, refers("outlets"), index=True),
        sa.Column("title", sa.Text),
        sa.Column("byline", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("published", sa.Date, index=True),
        sa.Column("archived", sa.Text),
        sa.Column("raw_hash", sa.String(64)),
        needed("form", sa.Text),
        needed("added", moment),
        needed("body", sa.Text),
        sa.Column("original", sa.Text),
        needed("removed", sa.Boolean),
        sa.Column("found", sa.JSON),
        sa.UniqueConstraint("content_hash", "address"),
        sa.Index(None, "url", "version", unique=True),
        one_of("form", "article", "transcript"),
    )
    op.create_table(
        "quotations",
        key(),
        needed("article_id", sa.Integer, refers("articles", "CASCADE")),
        needed("start", sa.Integer),
        needed("end", sa.Integer),
        needed("inner_start", sa.Integer),
        needed("inner_end", sa.Integer),
        needed("text", sa.Text),
        needed("kind", sa.Text),
        needed("kind_rule", sa.Text),
        sa.Column("kind_confidence", sa.Double),
        needed("opened", sa.Boolean),
        needed("closed", sa.Boolean),
        sa.Column("parent_id", sa.Integer, refers("quotations")),
        sa.Column("continues_id", sa.Integer, refers("quotations")),
        sa.UniqueConstraint("article_id", "start", "end"),
        one_of("kind", "direct", "mixed", "none"),
    )
    op.create_table(
        "attributions",
        key(),
        needed("quotation_id", sa.Integer, refers("quotations", "CASCADE"), unique=True),
        needed("run_id", sa.Integer, refers("runs"), index=True),
        sa.Column("mention", sa.Text),
        sa.Column("mention_start", sa.Integer),
        sa.Column("mention_end", sa.Integer),
        sa.Column("cue", sa.Text),
        sa.Column("cue_start", sa.Integer),
        sa.Column("cue_end", sa.Integer),
        sa.Column("reporter", sa.Text),
        sa.Column("reporter_start", sa.Integer),
        sa.Column("reporter_end", sa.Integer),
        needed("rule", sa.Text),
        needed("confidence", sa.Double),
        sa.Column("reason", sa.Text),
        needed("evidence", sa.JSON),
        sa.Column("speaker_id", sa.Integer, refers("speakers"), index=True),
        sa.Column("speaker_rule", sa.Text),
        sa.Column("speaker_confidence", sa.Double),
        needed("speaker_evidence", sa.JSON),
        sa.Column("on_behalf_of", sa.Text),
        sa.Column("found", sa.JSON),
        needed(
            "joint_confidence",
            sa.Double,
            sa.Computed("confidence * coalesce(speaker_confidence, 1.0)", persisted=True),
        ),
    )


def create_quotes() -> None:
    op.create_table(
        "quotes",
        key(),
        needed("speaker_id", sa.Integer, refers("speakers"), index=True),
        needed("component", sa.Integer, index=True),
        needed("text", sa.Text),
        sa.Column("first_published", sa.Date, index=True),
        sa.Column("last_published", sa.Date),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "variants",
        key(),
        needed("quote_id", sa.Integer, refers("quotes")),
        needed("fingerprint", sa.String(32)),
        needed("text", sa.Text),
        sa.UniqueConstraint("quote_id", "fingerprint"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "voices",
        key(),
        needed("speaker_id", sa.Integer, refers("speakers"), index=True),
        needed("counts_to", sa.Integer, refers("speakers"), index=True),
        needed("fingerprint", sa.String(32), index=True),
        sa.Column("published", sa.Date),
        needed("text", sa.Text),
        needed("articles", sa.Integer),
        needed("standing", sa.Double),
        needed("disputed", sa.Boolean),
        sa.Index(
            "ix_voices_disputed",
            "id",
            sqlite_where=sa.text("disputed"),
            postgresql_where=sa.text("disputed"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "voice_keys",
        member("key", sa.BigInteger),
        member("voice_id", sa.Integer, refers("voices", "CASCADE"), index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "renderings",
        key(),
        needed("quotation_id", sa.Integer, refers("quotations", "CASCADE"), index=True),
        needed("article_id", sa.Integer, refers("articles", "CASCADE")),
        sa.Column("variant_id", sa.Integer, refers("variants"), index=True),
        sa.Column("speaker_id", sa.Integer, refers("speakers"), index=True),
        sa.Column("voice_id", sa.Integer, refers("voices"), index=True),
        needed("start", sa.Integer),
        needed("end", sa.Integer),
        needed("text", sa.Text),
        sa.Column("relation", sa.Text),
        sa.Column("score", sa.Double),
        one_of("relation", "canonical", "identical", "trimmed", "reworded", "divergent"),
        sa.Index(None, "article_id", "start"),
        sa.Index(None, "article_id", "end"),
        *(
            sa.Index(
                f"ix_renderings_{relation}",
                "variant_id",
                sqlite_where=sa.text(f"relation = '{relation}'"),
                postgresql_where=sa.text(f"relation = '{relation}'"),
            )
            for relation in ("canonical", "divergent")
        ),
    )
    op.create_table(
        "rendering_keys",
        member("speaker_id", sa.Integer, refers("speakers")),
        member("key", sa.BigInteger),
        member("rendering_id", sa.Integer, refers("renderings", "CASCADE"), index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ambiguities",
        member("rendering_id", sa.Integer, refers("renderings", "CASCADE")),
        member("quote_id", sa.Integer, refers("quotes", "CASCADE"), index=True),
        sqlite_with_rowid=False,
    )
    op.create_table("options", member("name", sa.Text), one_of("name", "semantic"))


def create_judgements() -> None:
    kinds = (
        "attribution same different canonical meaning kind add alias rename confirm merge apart "
        "split edit remove rename-outlet merge-outlet undo"
    ).split()
    op.create_table(
        "judgements",
        key(),
        needed("kind", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("why", sa.Text),
        needed("by", sa.Text),
        needed("at", moment),
        sa.Column("batch", sa.Integer, index=True),
        sa.Column("undoes", sa.Integer, refers("judgements"), index=True),
        sa.Column("speaker", sa.Text, index=True),
        sa.Column("outlet", sa.Text, index=True),
        sa.Column("details", sa.JSON),
        sa.Column("anchors", sa.JSON),
        one_of("kind", *kinds),
    )
    op.create_table(
        "judgement_places",
        member("judgement_id", sa.Integer, refers("judgements")),
        member("anchor", sa.Integer),
        member("article_id", sa.Integer, refers("articles", "CASCADE"), index=True),
        sa.Column("quotation_id", sa.Integer, refers("quotations", "SET NULL"), index=True),
        sa.Column("rendering_id", sa.Integer, refers("renderings", "SET NULL"), index=True),
    )


def downgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        bind.exec_driver_sql("DROP TABLE rendering_search")
    for name in reversed(TABLES):
        op.drop_table(name)
    if bind.dialect.name == "postgresql":
        for thing in (
            "FUNCTION quotes_refuse_change()",
            "FUNCTION quotes_plain(text)",
            "TEXT SEARCH CONFIGURATION quotes_english",
            "TEXT SEARCH DICTIONARY quotes_stem",
        ):
            bind.exec_driver_sql(f"DROP {thing}")
