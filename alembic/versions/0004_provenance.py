"""Articles and outlets can be marked: translated, machine-translated, a transcript."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("articles", "outlets")


def upgrade() -> None:
    # A column with a check of its own: SQLite adds no other constraint to a table that is there.
    for table in TABLES:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN provenance TEXT CONSTRAINT ck_{table}_provenance "
            "CHECK (provenance IN ('original', 'translated', 'machine-translated', 'transcript'))"
        )


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN provenance")
