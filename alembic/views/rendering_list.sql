-- One row a rendering: one statement inside one quotation (a long quotation holds several).
CREATE VIEW rendering_list AS
SELECT
  r.id,                        -- the rendering's number
  v.quote_id,                  -- the quote, NULL where nobody was found
  r.variant_id,                -- the variant
  r.quotation_id,              -- the quotation that holds it
  r.article_id,                -- the article
  a.source,                    -- the file or id that the article was read from
  q.start,                     -- where the quotation begins in the body
  q."end",                     -- where the quotation ends (write it in double quotes)
  r.start AS rendering_start,  -- where the statement begins in the body
  r."end" AS rendering_end,    -- where the statement ends
  r.text,                      -- the statement as the article has it
  s.name AS speaker,           -- name of the speaker whom the article names
  s.slug AS speaker_slug,      -- that speaker's lasting identifier
  a.outlet_id,                 -- the outlet, see the table outlets
  o.name AS outlet,            -- name of the outlet
  a.title,                     -- title of the article
  a.url,                       -- address of the article
  a.archived,                  -- address of a copy of it in a web archive, where one is known
  a.published,                 -- date of the article
  coalesce(a.provenance, o.provenance, CASE a.form WHEN 'transcript' THEN 'transcript' END)
    AS provenance,             -- where the words of the article come from: original, translated,
                               -- machine-translated or transcript; NULL where it is not known
  r.relation,                  -- canonical, identical, trimmed, reworded or divergent
  r.score,                     -- 0 to 1: how like the canonical variant it is
  t.joint_confidence
    AS confidence,             -- 0 to 1: how sure the speaker is
  CASE WHEN w.disputed THEN 1 ELSE 0 END
    AS disputed                -- 1 where the article is sure of another speaker than better
                               -- supported ones, to whom the quote counts; else 0
FROM renderings r
JOIN quotations q ON q.id = r.quotation_id
JOIN articles a ON a.id = r.article_id
JOIN attributions t ON t.quotation_id = r.quotation_id
LEFT JOIN variants v ON v.id = r.variant_id
LEFT JOIN voices w ON w.id = r.voice_id
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN speakers s ON s.id = t.speaker_id
WHERE NOT a.removed
