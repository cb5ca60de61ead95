-- One row a canonical quote: one statement made once by one speaker.
CREATE VIEW quote_list AS
SELECT
  k.id,                        -- the quote's number: q86 for `quotes show` is 86 here
  s.name AS speaker,           -- name of the speaker
  s.slug AS speaker_slug,      -- the speaker's lasting identifier, such as vladimir-putin
  s.type AS speaker_type,      -- person, organisation, group or anonymous
  s.gender,                    -- female or male, NULL where it is not known
  s.party,                     -- political party of the speaker
  k.text,                      -- the text of the canonical variant, as an article has it
  (SELECT coalesce(a.provenance, o.provenance,
                   CASE a.form WHEN 'transcript' THEN 'transcript' END)
     FROM variants v
     JOIN renderings r ON r.variant_id = v.id AND r.relation = 'canonical'
     JOIN articles a ON a.id = r.article_id
     LEFT JOIN outlets o ON o.id = a.outlet_id
    WHERE v.quote_id = k.id
  ) AS provenance,             -- where these words come from: original, translated,
                               -- machine-translated or transcript; NULL where it is not known
  k.first_published,           -- date of the first rendering
  k.last_published,            -- date of the latest rendering
  (SELECT o.name FROM variants v
     JOIN renderings r ON r.variant_id = v.id
     JOIN articles a ON a.id = r.article_id
     JOIN outlets o ON o.id = a.outlet_id
    WHERE v.quote_id = k.id
    ORDER BY a.published NULLS LAST, a.id LIMIT 1
  ) AS first_outlet,           -- the outlet that published it first
  (SELECT a.url FROM variants v
     JOIN renderings r ON r.variant_id = v.id
     JOIN articles a ON a.id = r.article_id
    WHERE v.quote_id = k.id
    ORDER BY a.published NULLS LAST, a.id LIMIT 1
  ) AS first_url,              -- address of the first article with it
  (SELECT count(*) FROM variants v
    WHERE v.quote_id = k.id
  ) AS variants,               -- how many variants there are
  (SELECT count(*) FROM variants v
     JOIN renderings r ON r.variant_id = v.id
    WHERE v.quote_id = k.id
  ) AS renderings,             -- how many renderings there are
  (SELECT count(DISTINCT coalesce(a.outlet_id, -coalesce(a.first_id, a.id))) FROM variants v
     JOIN renderings r ON r.variant_id = v.id
     JOIN articles a ON a.id = r.article_id
    WHERE v.quote_id = k.id
  ) AS outlets,                -- how many outlets published it (an article without a known outlet
                               -- counts as one, whatever its versions)
  (SELECT count(DISTINCT v.id) FROM variants v
     JOIN renderings r ON r.variant_id = v.id
    WHERE v.quote_id = k.id AND r.relation = 'divergent'
  ) AS divergent,              -- how many variants may change the meaning
  (SELECT count(DISTINCT r.article_id) FROM variants v
     JOIN renderings r ON r.variant_id = v.id
     JOIN voices w ON w.id = r.voice_id
    WHERE v.quote_id = k.id AND w.disputed
  ) AS disputed,               -- how many articles are sure that somebody else said it
  coalesce((SELECT max(t.joint_confidence) FROM variants v
     JOIN renderings r ON r.variant_id = v.id
     JOIN attributions t ON t.quotation_id = r.quotation_id
    WHERE v.quote_id = k.id AND +t.speaker_id = k.speaker_id /* +: not by its index */
  ), 0) AS confidence          -- 0 to 1: how sure the speaker is, by the surest rendering
FROM quotes k
JOIN speakers s ON s.id = k.speaker_id
