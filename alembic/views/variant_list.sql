-- One row a variant: one distinct text of a quote.
CREATE VIEW variant_list AS
SELECT
  v.id,                        -- the variant's number
  v.quote_id,                  -- the quote
  s.name AS speaker,           -- name of the speaker
  s.slug AS speaker_slug,      -- the speaker's lasting identifier
  v.text,                      -- the text
  (SELECT min(CASE r.relation WHEN 'identical' THEN 'canonical' ELSE r.relation END)
     FROM renderings r
    WHERE r.variant_id = v.id
  ) AS relation,               -- to the canonical variant: canonical, trimmed, reworded or divergent
  (SELECT count(*) FROM renderings r
    WHERE r.variant_id = v.id
  ) AS renderings,             -- how many renderings it has
  (SELECT count(DISTINCT coalesce(a.outlet_id, -coalesce(a.first_id, a.id))) FROM renderings r
     JOIN articles a ON a.id = r.article_id
    WHERE r.variant_id = v.id
  ) AS outlets,                -- how many outlets published it
  (SELECT min(a.published) FROM renderings r
     JOIN articles a ON a.id = r.article_id
    WHERE r.variant_id = v.id
  ) AS first_published,        -- date of its first rendering
  coalesce((SELECT max(t.joint_confidence) FROM renderings r
     JOIN attributions t ON t.quotation_id = r.quotation_id
    WHERE r.variant_id = v.id AND +t.speaker_id = k.speaker_id /* +: not by its index */
  ), 0) AS confidence          -- 0 to 1: how sure the speaker is, by its surest rendering
FROM variants v
JOIN quotes k ON k.id = v.quote_id
JOIN speakers s ON s.id = k.speaker_id
