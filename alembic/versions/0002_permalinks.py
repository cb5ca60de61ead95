"""What former quotes became, and what is least sure: both to be found at once."""

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_quotes",
        sa.Column("quote_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column(
            "rendering_id",
            sa.Integer,
            sa.ForeignKey("renderings.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
    )
    op.create_index(
        "ix_attributions_joint_confidence", "attributions", ["joint_confidence", "quotation_id"]
    )


def downgrade() -> None:
    op.drop_index("ix_attributions_joint_confidence", "attributions")
    op.drop_table("former_quotes")
