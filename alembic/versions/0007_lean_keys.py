"""The keys by which statements meet, in a third of the room; voices are found by their day.

Keys of renderings are 31 bits, which tell those of one speaker apart well enough. What deletes the
keys of a rendering or a voice knows them by its words, so that no index has to.
"""

import sqlalchemy as sa

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BY_DAY = "ix_voices_fingerprint_published"
RENDERINGS, VOICES = "rendering_keys", "voice_keys"
KEPT = {
    RENDERINGS: "SELECT DISTINCT speaker_id, key & 2147483647 AS key, rendering_id",
    VOICES: "SELECT key, voice_id",
}


def upgrade() -> None:
    for table, columns in KEPT.items():
        op.execute(f"CREATE TEMPORARY TABLE kept_{table} AS {columns} FROM {table}")
        op.drop_table(table)
    op.create_table(
        RENDERINGS,
        member("speaker_id", sa.Integer, "speakers.id"),
        member("key", sa.Integer),
        member("rendering_id", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_table(
        VOICES,
        member("key", sa.BigInteger),
        member("voice_id", sa.Integer),
        sqlite_with_rowid=False,
    )
    for table in KEPT:
        op.execute(f"INSERT INTO {table} SELECT * FROM kept_{table} ORDER BY 1, 2")  # noqa: S608
        op.execute(f"DROP TABLE kept_{table}")
    op.drop_index("ix_voices_fingerprint", "voices")
    op.create_index(BY_DAY, "voices", ["fingerprint", "published"])


def member(name: str, kind: type, *refers: str) -> sa.Column:
    """A part of the primary key."""
    links = [sa.ForeignKey(one) for one in refers]
    return sa.Column(name, kind, *links, primary_key=True, autoincrement=False)


def downgrade() -> None:
    """The keys cannot be made longer again: `quotes normalise --rebuild` makes those of before."""
    op.drop_index(BY_DAY, "voices")
    op.create_index("ix_voices_fingerprint", "voices", ["fingerprint"])
    op.drop_table(RENDERINGS)
    op.drop_table(VOICES)
    for table, columns, part in (
        (RENDERINGS, [member("speaker_id", sa.Integer, "speakers.id")], "rendering"),
        (VOICES, [], "voice"),
    ):
        whole = sa.ForeignKey(f"{part}s.id", ondelete="CASCADE")
        number = sa.Column(
            f"{part}_id", sa.Integer, whole, primary_key=True, autoincrement=False, index=True
        )
        op.create_table(
            table, *columns, member("key", sa.BigInteger), number, sqlite_with_rowid=False
        )
