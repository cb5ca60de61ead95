"""Whom a rendering counts to, and keys by which the words of other speakers find it."""

import sqlalchemy as sa

from alembic import op
from quotes.normaliser.echo import stored_echo_keys
from quotes.normaliser.fold import fold

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BATCH = 5000


def upgrade() -> None:
    """Everything counts to its own speaker at first; `quotes normalise --rebuild` decides anew."""
    op.add_column("renderings", sa.Column("speaker_id", sa.Integer()))
    op.create_index("ix_renderings_speaker_id", "renderings", ["speaker_id"])
    op.create_table(
        "rendering_echoes",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rendering_id"],
            ["renderings.id"],
            name="fk_rendering_echoes_rendering_id_renderings",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", "rendering_id", name="pk_rendering_echoes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rendering_echoes_rendering_id", "rendering_echoes", ["rendering_id"])
    bind = op.get_bind()
    bind.execute(
        sa.text(
            "UPDATE renderings SET speaker_id = (SELECT t.speaker_id FROM attributions t"
            " WHERE t.quotation_id = renderings.quotation_id)"
        )
    )
    renderings = sa.text(
        "SELECT r.id, r.text, a.published FROM renderings r"
        " JOIN quotations q ON q.id = r.quotation_id JOIN articles a ON a.id = q.article_id"
        " WHERE r.speaker_id IS NOT NULL ORDER BY r.id"
    ).columns(published=sa.Date)
    insert = sa.text("INSERT INTO rendering_echoes (key, rendering_id) VALUES (:key, :id)")
    rows: list[dict[str, int]] = []
    for row in bind.execute(renderings).all():
        keys = stored_echo_keys(fold(row.text), row.published)
        rows += [{"key": key, "id": row.id} for key in keys]
        if len(rows) >= BATCH:
            bind.execute(insert, rows)
            rows = []
    if rows:
        bind.execute(insert, rows)


def downgrade() -> None:
    """Go back: the older program clusters by attributions once `--rebuild` is given."""
    op.drop_table("rendering_echoes")
    op.drop_index("ix_renderings_speaker_id", "renderings")
    op.drop_column("renderings", "speaker_id")
