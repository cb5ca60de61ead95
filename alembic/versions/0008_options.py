"""Choices that hold for the whole database."""

import sqlalchemy as sa

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table is empty: everything is as it was."""
    op.create_table(
        "options",
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("name IN ('semantic')", name="ck_options_name"),
        sa.PrimaryKeyConstraint("name", name="pk_options"),
    )


def downgrade() -> None:
    op.drop_table("options")
