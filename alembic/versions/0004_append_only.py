"""Judgements that are only ever added: an undo is a row; places have a table of their own."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OLD_KINDS = (
    "attribution", "same", "different", "kind", "add", "alias", "rename", "confirm", "merge",
    "split",
)  # fmt: skip
TARGETS = (
    ("quotation_id", "quotations"),
    ("rendering_id", "renderings"),
    ("other_id", "renderings"),
)
KEPT = "undos_kept"
"""Undos with their numbers, for which the older schema has no room; made only where needed."""

# An undo counts unless it was undone itself. A restored judgement is taken back by a new undo.
VIEW = """CREATE VIEW judgement_list AS
SELECT j.id, j.kind, j.speaker, j.value, j.why, j."by", j.at, j.undoes,
  u."by" AS undone_by, u.at AS undone_at
  FROM judgements j
  LEFT JOIN judgements u ON u.undoes = coalesce(j.batch, j.id)
   AND NOT EXISTS (SELECT 1 FROM judgements r WHERE r.undoes = u.id)"""
REFUSED = "judgements are only ever added"
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER judgements_no_{verb.lower()} BEFORE {verb} ON judgements"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION quotes_refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        "CREATE TRIGGER judgements_no_change BEFORE UPDATE OR DELETE ON judgements"
        " FOR EACH ROW EXECUTE FUNCTION quotes_refuse_change()",
    ],
}
NO_GUARDS = {
    "sqlite": ["DROP TRIGGER judgements_no_update", "DROP TRIGGER judgements_no_delete"],
    "postgresql": [
        "DROP TRIGGER judgements_no_change ON judgements",
        "DROP FUNCTION quotes_refuse_change()",
    ],
}


def upgrade() -> None:
    places, undone = _old_places(), _rows(
        "SELECT id, undone_by, undone_at FROM judgements"
        " WHERE undone_at IS NOT NULL AND batch IS NULL ORDER BY undone_at, id"
    )  # fmt: skip
    for column, _ in TARGETS:
        op.drop_index(f"ix_judgements_{column}", "judgements")
    with op.batch_alter_table("judgements") as table:
        table.drop_constraint("ck_judgements_kind", type_="check")
        for column, other in TARGETS:
            table.drop_constraint(f"fk_judgements_{column}_{other}", type_="foreignkey")
            table.drop_column(column)
        table.drop_column("undone_by")
        table.drop_column("undone_at")
        table.add_column(sa.Column("undoes", sa.Integer()))
        table.create_foreign_key(
            "fk_judgements_undoes_judgements", "judgements", ["undoes"], ["id"]
        )
        table.create_check_constraint("ck_judgements_kind", _one_of((*OLD_KINDS, "undo")))
    op.create_index("ix_judgements_undoes", "judgements", ["undoes"])
    _create_places(places)
    _restore_undos(undone)
    _run([VIEW, *GUARDS[op.get_bind().dialect.name]])


def downgrade() -> None:
    bind = op.get_bind()
    undone = _rows(
        "SELECT id, undone_by, undone_at FROM judgement_list"
        " WHERE undone_at IS NOT NULL AND kind <> 'undo'"
    )
    places = _rows("SELECT * FROM judgement_places ORDER BY article_id DESC")
    _run(["DROP VIEW judgement_list", *NO_GUARDS[bind.dialect.name]])
    op.drop_table("judgement_places")
    if _rows("SELECT 1 FROM judgements WHERE kind = 'undo' LIMIT 1"):
        _run(
            [
                f'CREATE TABLE {KEPT} AS SELECT id, "by", at, why, undoes FROM judgements'  # noqa: S608
                " WHERE kind = 'undo'",
                "DELETE FROM judgements WHERE kind = 'undo'",
            ]
        )
    op.drop_index("ix_judgements_undoes", "judgements")
    with op.batch_alter_table("judgements") as table:
        table.drop_constraint("fk_judgements_undoes_judgements", type_="foreignkey")
        table.drop_constraint("ck_judgements_kind", type_="check")
        table.drop_column("undoes")
        table.add_column(sa.Column("undone_by", sa.Text()))
        table.add_column(sa.Column("undone_at", sa.DateTime(timezone=True)))
        for column, other in TARGETS:
            table.add_column(sa.Column(column, sa.Integer()))
            table.create_foreign_key(
                f"fk_judgements_{column}_{other}", other, [column], ["id"], ondelete="SET NULL"
            )
        table.create_check_constraint("ck_judgements_kind", _one_of(OLD_KINDS))
    for column, _ in TARGETS:
        op.create_index(f"ix_judgements_{column}", "judgements", [column])
    for row in undone:
        _run(
            ["UPDATE judgements SET undone_by = :undone_by, undone_at = :undone_at WHERE id = :id"],
            **row,
        )
    for row in places:  # the place in the first version comes last, and stays
        column = "quotation_id" if row["quotation_id"] else TARGETS[1 + row["anchor"]][0]
        place = row["quotation_id"] or row["rendering_id"]
        _run(
            [f"UPDATE judgements SET {column} = :place WHERE id = :id"],  # noqa: S608
            place=place,
            id=row["judgement_id"],
        )


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(map(repr, kinds))})"


def _rows(query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in op.get_bind().execute(sa.text(query)).mappings()]


def _run(statements: Sequence[str], **values: object) -> None:
    for statement in statements:
        op.get_bind().execute(sa.text(statement), values)


def _old_places() -> list[dict[str, Any]]:
    """Return the rows of ``judgement_places`` that the columns of ``judgements`` hold."""
    articles = {
        table: {
            row["id"]: row["article_id"]
            for row in _rows(
                f"SELECT t.id, q.article_id FROM judgements j JOIN {table} t ON t.id IN ({columns})"  # noqa: S608
                f" JOIN quotations q ON q.id = t.{quotation}"
            )
        }
        for table, columns, quotation in (
            ("quotations", "j.quotation_id", "id"),
            ("renderings", "j.rendering_id, j.other_id", "quotation_id"),
        )
    }
    found = []
    for row in _rows("SELECT * FROM judgements"):
        anchors = row["anchors"]
        anchors = json.loads(anchors) if isinstance(anchors, str) else anchors
        targets = TARGETS[1:] if row["kind"] in ("same", "different") else TARGETS[:1]
        for at, (column, table) in enumerate(targets):
            key = row[column]
            article = articles[table].get(key) or (anchors and anchors[at]["article"])
            if article:
                place = {"judgement_id": row["id"], "anchor": at, "article_id": article}
                place |= {"quotation_id": None, "rendering_id": None}
                found.append(place | {"quotation_id" if len(targets) == 1 else "rendering_id": key})
    return found


def _create_places(places: list[dict[str, Any]]) -> None:
    table = op.create_table(
        "judgement_places",
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("quotation_id", sa.Integer()),
        sa.Column("rendering_id", sa.Integer()),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{other}.id"],
                name=f"fk_judgement_places_{column}_{other}",
                ondelete=ondelete,
            )
            for column, other, ondelete in (
                ("judgement_id", "judgements", None),
                ("article_id", "articles", "CASCADE"),
                ("quotation_id", "quotations", "SET NULL"),
                ("rendering_id", "renderings", "SET NULL"),
            )
        ),
        sa.PrimaryKeyConstraint(
            "judgement_id", "anchor", "article_id", name="pk_judgement_places"
        ),
    )  # fmt: skip
    for column in ("article_id", "quotation_id", "rendering_id"):
        op.create_index(f"ix_judgement_places_{column}", "judgement_places", [column])
    if places:
        op.bulk_insert(table, places)


def _restore_undos(undone: list[dict[str, Any]]) -> None:
    """Make rows of what was taken back; those that an earlier downgrade kept come back as such."""
    bind = op.get_bind()
    taken = {row["id"] for row in _rows("SELECT id FROM judgements")}
    number: dict[int, int] = {key: key for key in taken}
    if KEPT in sa.inspect(bind).get_table_names():
        for row in _rows(f"SELECT id, undoes FROM {KEPT} ORDER BY id"):  # noqa: S608
            # A judgement that was made meanwhile may have the number of one that had to wait.
            key = row["id"] if row["id"] not in taken else max(*taken, row["id"]) + 1
            taken.add(key)
            number[row["id"]] = key
            _run(
                [
                    'INSERT INTO judgements (id, kind, "by", at, why, undoes)'  # noqa: S608
                    f" SELECT :key, 'undo', \"by\", at, why, :undoes FROM {KEPT} WHERE id = :id"
                ],
                key=key,
                undoes=number[row["undoes"]],
                id=row["id"],
            )
        op.drop_table(KEPT)
    rows = _rows("SELECT id, undoes FROM judgements WHERE kind = 'undo'")
    restored = {row["undoes"] for row in rows}
    known = {row["undoes"] for row in rows if row["id"] not in restored}
    for row in undone:
        if row["id"] not in known:
            key = max(taken) + 1
            taken.add(key)
            _run(
                [
                    'INSERT INTO judgements (id, kind, "by", at, undoes)'
                    " VALUES (:key, 'undo', :undone_by, :undone_at, :id)"
                ],
                key=key,
                **row,
            )
    if taken and bind.dialect.name == "postgresql":
        _run(
            [
                "SELECT setval(pg_get_serial_sequence('judgements', 'id'),"
                " (SELECT max(id) FROM judgements))"
            ]
        )
