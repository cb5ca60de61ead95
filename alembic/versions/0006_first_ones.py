"""A speaker's quotes by date, reworded renderings by likeness: the first are found at once."""

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BY_LIKENESS = "ix_renderings_reworded"
BY_DATE = "ix_quotes_speaker_id_first_published"


def upgrade() -> None:
    op.drop_index("ix_quotes_speaker_id", "quotes")
    op.create_index(BY_DATE, "quotes", ["speaker_id", "first_published"])
    reworded = sa.text("relation = 'reworded'")
    op.create_index(
        BY_LIKENESS,
        "renderings",
        ["score", "variant_id"],
        sqlite_where=reworded,
        postgresql_where=reworded,
    )


def downgrade() -> None:
    op.drop_index(BY_LIKENESS, "renderings")
    op.drop_index(BY_DATE, "quotes")
    op.create_index("ix_quotes_speaker_id", "quotes", ["speaker_id"])
