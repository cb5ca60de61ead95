"""From a variant to the articles that print it past their renderings; the removed ones at once.

PostgreSQL reads an index backwards with the empty days first: it has the newest quotes, of all and
of a speaker, in indexes of their own.
"""

import sqlalchemy as sa

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PRINTED = "ix_renderings_variant_id_article_id"
REMOVED = "ix_articles_removed"
NEWEST = {
    "ix_quotes_newest": "first_published DESC NULLS LAST, id DESC",
    "ix_quotes_newest_of_speaker": "speaker_id, first_published DESC NULLS LAST, id DESC",
}


def upgrade() -> None:
    op.drop_index("ix_renderings_variant_id", "renderings")
    op.create_index(PRINTED, "renderings", ["variant_id", "article_id"])
    removed = sa.text("removed")
    op.create_index(
        REMOVED, "articles", ["removed"], sqlite_where=removed, postgresql_where=removed
    )
    if op.get_bind().dialect.name == "postgresql":
        for name, columns in NEWEST.items():
            op.execute(f"CREATE INDEX {name} ON quotes ({columns})")


def downgrade() -> None:
    for name in NEWEST:
        op.execute(f"DROP INDEX IF EXISTS {name}")
    op.drop_index(REMOVED, "articles")
    op.drop_index(PRINTED, "renderings")
    op.create_index("ix_renderings_variant_id", "renderings", ["variant_id"])
