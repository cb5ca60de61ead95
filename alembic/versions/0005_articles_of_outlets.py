"""The articles of an outlet, by date and without a look at their texts: to be counted at once."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTED = "ix_articles_outlet_id_published_removed"


def upgrade() -> None:
    op.drop_index("ix_articles_outlet_id", "articles")
    op.create_index(COUNTED, "articles", ["outlet_id", "published", "removed"])


def downgrade() -> None:
    op.drop_index(COUNTED, "articles")
    op.create_index("ix_articles_outlet_id", "articles", ["outlet_id"])
