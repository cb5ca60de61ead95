"""From a variant to the articles that print it past their renderings; the removed ones at once."""

import sqlalchemy as sa

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PRINTED = "ix_renderings_variant_id_article_id"
REMOVED = "ix_articles_removed"


def upgrade() -> None:
    op.drop_index("ix_renderings_variant_id", "renderings")
    op.create_index(PRINTED, "renderings", ["variant_id", "article_id"])
    removed = sa.text("removed")
    op.create_index(
        REMOVED, "articles", ["removed"], sqlite_where=removed, postgresql_where=removed
    )


def downgrade() -> None:
    op.drop_index(REMOVED, "articles")
    op.drop_index(PRINTED, "renderings")
    op.create_index("ix_renderings_variant_id", "renderings", ["variant_id"])
