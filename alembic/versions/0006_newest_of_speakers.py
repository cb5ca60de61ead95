"""The quotes of a speaker by date: the newest ones are found without a look at the others."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BY_DATE = "ix_quotes_speaker_id_first_published"


def upgrade() -> None:
    op.drop_index("ix_quotes_speaker_id", "quotes")
    op.create_index(BY_DATE, "quotes", ["speaker_id", "first_published"])


def downgrade() -> None:
    op.drop_index(BY_DATE, "quotes")
    op.create_index("ix_quotes_speaker_id", "quotes", ["speaker_id"])
