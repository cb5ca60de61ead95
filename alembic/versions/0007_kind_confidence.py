"""How sure it is that a quotation is speech, or none."""

import sqlalchemy as sa

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; NULL until an article is extracted again."""
    op.execute("DROP VIEW quotation_list")
    op.add_column("quotations", sa.Column("kind_confidence", sa.Double()))
    op.execute(_view("q.kind, q.kind_confidence"))


def downgrade() -> None:
    op.execute("DROP VIEW quotation_list")
    op.drop_column("quotations", "kind_confidence")
    op.execute(_view("q.kind"))


def _view(kind: str) -> str:
    return f"""CREATE VIEW quotation_list AS
SELECT q.id, q.article_id, s.name AS speaker, s.slug AS speaker_slug, s.type AS speaker_type,
  q.text, {kind}, t.mention, t.cue, o.name AS outlet, a.title, a.url, a.source, a.published,
  t.confidence * coalesce(t.speaker_confidence, 1.0) AS confidence, t.rule, t.reason,
  (SELECT v.quote_id
     FROM renderings r JOIN variants v ON v.id = r.variant_id
    WHERE r.quotation_id = q.id
    ORDER BY r."end" - r.start DESC, r.start LIMIT 1) AS quote_id,
  q.start, q."end"
  FROM quotations q
  JOIN articles a ON a.id = q.article_id
  LEFT JOIN outlets o ON o.id = a.outlet_id
  LEFT JOIN attributions t ON t.quotation_id = q.id
  LEFT JOIN speakers s ON s.id = t.speaker_id"""  # noqa: S608
