"""How many quotes and quotations a speaker has is kept beside the speaker."""

from pathlib import Path

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
COUNTED = {"quotes": "quotes", "quotations": "attributions"}
"""The columns of speakers, and the tables whose rows they count."""


def upgrade() -> None:
    bind = op.get_bind()
    for column in COUNTED:
        op.execute(f"ALTER TABLE speakers ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")
    counts = ", ".join(
        f"{column} = (SELECT count(*) FROM {table} t WHERE t.speaker_id = speakers.id)"  # noqa: S608
        for column, table in COUNTED.items()
    )
    op.execute(f"UPDATE speakers SET {counts}")  # noqa: S608
    file = SQL / f"counts.{bind.dialect.name}.sql"
    for statement in file.read_text(encoding="utf-8").split("\n\n"):
        bind.exec_driver_sql(statement)


def downgrade() -> None:
    server = op.get_bind().dialect.name == "postgresql"
    for table in COUNTED.values():
        for name in ("counted", "discounted", "recounted"):
            op.execute(f"DROP TRIGGER {table}_{name}" + (f" ON {table}" if server else ""))
    if server:
        op.execute("DROP FUNCTION quotes_count(), quotes_recount()")
    for column in COUNTED:
        op.execute(f"ALTER TABLE speakers DROP COLUMN {column}")
