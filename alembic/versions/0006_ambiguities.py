"""Which fragments fit another quote, too."""

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

VIEW = """CREATE VIEW ambiguity_list AS
SELECT a.rendering_id, v.quote_id, s.name AS speaker, r.text, a.quote_id AS also_quote_id,
  o.text AS also_text
  FROM ambiguities a
  JOIN renderings r ON r.id = a.rendering_id
  JOIN variants v ON v.id = r.variant_id
  JOIN quotes o ON o.id = a.quote_id
  JOIN speakers s ON s.id = o.speaker_id"""


def upgrade() -> None:
    """The table is filled as quotes are clustered, and by `quotes normalise --rebuild`."""
    op.create_table(
        "ambiguities",
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rendering_id"],
            ["renderings.id"],
            name="fk_ambiguities_rendering_id_renderings",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"],
            ["quotes.id"],
            name="fk_ambiguities_quote_id_quotes",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("rendering_id", "quote_id", name="pk_ambiguities"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ambiguities_quote_id", "ambiguities", ["quote_id"])
    op.execute(VIEW)


def downgrade() -> None:
    op.execute("DROP VIEW ambiguity_list")
    op.drop_table("ambiguities")
