"""What the first tables got after some databases had been made: two kinds of judgement, an index.

A database that was made later has them already, and this changes nothing there but the views.
"""

from pathlib import Path

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = (
    "attribution same different canonical meaning kind add alias rename confirm merge apart "
    "split edit remove rename-outlet merge-outlet undo"
).split()
REFUSALS = Path(__file__).parents[1] / "sql" / "judgements.sqlite.sql"


def upgrade() -> None:
    found = sa.inspect(op.get_bind())
    if not any("'apart'" in one["sqltext"] for one in found.get_check_constraints("judgements")):
        allow_kinds()
    if "ix_renderings_canonical" not in {one["name"] for one in found.get_indexes("renderings")}:
        canonical = sa.text("relation = 'canonical'")
        op.create_index(
            "ix_renderings_canonical",
            "renderings",
            ["variant_id"],
            sqlite_where=canonical,
            postgresql_where=canonical,
        )


def allow_kinds() -> None:
    allowed = f"kind IN ({', '.join(map(repr, KINDS))})"
    if op.get_bind().dialect.name == "sqlite":
        remake_judgements(allowed)
        return
    op.drop_constraint(op.f("ck_judgements_kind"), "judgements")
    op.create_check_constraint(op.f("ck_judgements_kind"), "judgements", allowed)


def remake_judgements(allowed: str) -> None:
    """SQLite cannot change a constraint: the table is made anew, while nothing refers to it."""
    op.execute("CREATE TEMPORARY TABLE kept_places AS SELECT * FROM judgement_places")
    op.execute("DELETE FROM judgement_places")
    with op.batch_alter_table("judgements", recreate="always") as judgements:
        judgements.create_check_constraint(op.f("ck_judgements_kind"), allowed)
    op.execute("INSERT INTO judgement_places SELECT * FROM kept_places")
    op.execute("DROP TABLE kept_places")
    for statement in REFUSALS.read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """The first tables have had it all for long."""
