"""Judgements on kinds and speakers, anchored in the text; the machine's answers under them."""

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD_KINDS = ("attribution", "same", "different")
KINDS = (*OLD_KINDS, "kind", "add", "alias", "rename", "confirm", "merge", "split")
TARGETS = (
    ("quotation_id", "quotations"),
    ("rendering_id", "renderings"),
    ("other_id", "renderings"),
)
KEPT_JUDGEMENTS = "judgements_kept"
KEPT_ANSWERS = "attributions_kept"
"""What the older schema has no room for waits in these tables, made only where needed."""


def upgrade() -> None:
    with op.batch_alter_table("judgements") as table:
        table.drop_constraint("ck_judgements_kind", type_="check")
        table.add_column(sa.Column("batch", sa.Integer()))
        table.add_column(sa.Column("speaker", sa.Text()))
        table.add_column(sa.Column("details", sa.JSON()))
        table.add_column(sa.Column("anchors", sa.JSON()))
        table.create_check_constraint("ck_judgements_kind", _one_of(KINDS))
        _targets(table, "SET NULL")
    op.create_index("ix_judgements_speaker", "judgements", ["speaker"])
    op.create_index("ix_judgements_batch", "judgements", ["batch"])
    op.add_column("attributions", sa.Column("found", sa.JSON()))
    _restore()


def downgrade() -> None:
    _keep()
    op.drop_column("attributions", "found")
    op.drop_index("ix_judgements_batch", "judgements")
    op.drop_index("ix_judgements_speaker", "judgements")
    op.execute(f"DELETE FROM judgements WHERE NOT ({_one_of(OLD_KINDS)})")  # noqa: S608
    with op.batch_alter_table("judgements") as table:
        table.drop_constraint("ck_judgements_kind", type_="check")
        for name in ("anchors", "details", "speaker", "batch"):
            table.drop_column(name)
        table.create_check_constraint("ck_judgements_kind", _one_of(OLD_KINDS))
        _targets(table, None)


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(map(repr, kinds))})"


def _targets(table: op.batch_alter_table, ondelete: str | None) -> None:
    for column, other in TARGETS:
        name = f"fk_judgements_{column}_{other}"
        table.drop_constraint(name, type_="foreignkey")
        table.create_foreign_key(name, other, [column], ["id"], ondelete=ondelete)


def _keep() -> None:
    bind = op.get_bind()
    for table, source, columns, condition in (
        (KEPT_JUDGEMENTS, "judgements", "*", "TRUE"),
        (KEPT_ANSWERS, "attributions", "id, quotation_id, found", "found IS NOT NULL"),
    ):
        query = f"SELECT {columns} FROM {source} WHERE {condition}"  # noqa: S608
        if bind.execute(sa.text(f"{query} LIMIT 1")).first():
            bind.execute(sa.text(f"CREATE TABLE {table} AS {query}"))


def _restore() -> None:
    """Take back what an earlier downgrade kept; what happened in between stays."""
    bind = op.get_bind()
    tables = sa.inspect(bind).get_table_names()
    if KEPT_JUDGEMENTS in tables:
        judgements = sa.Table("judgements", sa.MetaData(), autoload_with=bind)
        columns = [f'"{column.name}"' for column in judgements.columns if column.name != "id"]
        names = ", ".join(columns)
        same = "j.id = k.id AND j.at = k.at AND j.kind = k.kind"
        taken = "EXISTS (SELECT 1 FROM judgements AS j WHERE j.id = k.id)"
        known = f"EXISTS (SELECT 1 FROM judgements AS j WHERE {same})"  # noqa: S608
        highest = (
            f"(SELECT max(id) FROM (SELECT id FROM judgements UNION ALL SELECT id"  # noqa: S608
            f" FROM {KEPT_JUDGEMENTS}) AS ids)"
        )
        for statement in (
            "UPDATE judgements AS j SET batch = k.batch, speaker = k.speaker,"  # noqa: S608
            f" details = k.details, anchors = k.anchors FROM {KEPT_JUDGEMENTS} AS k WHERE {same}",
            # The number of one that had to wait may have been given again meanwhile.
            f"INSERT INTO judgements (id, {names}) SELECT {highest} + row_number() OVER (), {names}"  # noqa: S608
            f" FROM {KEPT_JUDGEMENTS} AS k WHERE {taken} AND NOT {known}",
            f"INSERT INTO judgements (id, {names}) SELECT id, {names}"  # noqa: S608
            f" FROM {KEPT_JUDGEMENTS} AS k WHERE NOT {taken}",
        ):
            bind.execute(sa.text(statement))
        if bind.dialect.name == "postgresql":
            bind.execute(
                sa.text(
                    "SELECT setval(pg_get_serial_sequence('judgements', 'id'),"
                    " (SELECT max(id) FROM judgements))"
                )
            )
        op.drop_table(KEPT_JUDGEMENTS)
    if KEPT_ANSWERS in tables:
        bind.execute(
            sa.text(
                f"UPDATE attributions AS t SET found = k.found FROM {KEPT_ANSWERS} AS k"  # noqa: S608
                " WHERE k.id = t.id AND k.quotation_id = t.quotation_id"
            )
        )
        op.drop_table(KEPT_ANSWERS)
