"""Blocking keys that hold for some weeks; undated copies told apart from reprints by their day."""

import sqlalchemy as sa

from alembic import op
from quotes.normaliser.fold import fold
from quotes.normaliser.keys import stored_keys

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH = 5000

_DAY = "CAST(published AS TEXT)"


def upgrade() -> None:
    bind = op.get_bind()
    undated = "address = '' AND published IS NOT NULL"
    bind.execute(sa.text(f"UPDATE articles SET address = {_DAY} WHERE {undated}"))  # noqa: S608
    bind.execute(sa.text("DELETE FROM rendering_keys"))
    renderings = sa.text(
        "SELECT r.id, r.text, a.published, t.speaker_id FROM renderings r"
        " JOIN quotations q ON q.id = r.quotation_id JOIN articles a ON a.id = q.article_id"
        " JOIN attributions t ON t.quotation_id = q.id WHERE t.speaker_id IS NOT NULL"
        " ORDER BY t.speaker_id, r.id"
    ).columns(published=sa.Date)
    insert = sa.text(
        "INSERT INTO rendering_keys (speaker_id, key, rendering_id) VALUES (:speaker, :key, :id)"
    )
    rows: list[dict[str, int]] = []
    for row in bind.execute(renderings).all():
        keys = stored_keys(fold(row.text), row.published)
        rows += [{"speaker": row.speaker_id, "key": key, "id": row.id} for key in keys]
        if len(rows) >= BATCH:
            bind.execute(insert, rows)
            rows = []
    if rows:
        bind.execute(insert, rows)


def downgrade() -> None:
    """Go back: the older program finds stored renderings again once they are ingested anew."""
    bind = op.get_bind()
    bind.execute(sa.text("DELETE FROM rendering_keys"))
    bind.execute(
        sa.text(
            f"UPDATE articles SET address = '' WHERE address = {_DAY} AND NOT EXISTS (SELECT 1"  # noqa: S608
            " FROM articles AS other WHERE other.content_hash = articles.content_hash"
            " AND other.id <> articles.id)"
        )
    )
