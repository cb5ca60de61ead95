-- One row a canonical quote: one statement made once by one speaker.
CREATE VIEW quote_list AS
SELECT
  k.id,                        -- the quote's number, as in `quotes show`
  s.name AS speaker,           -- name of the speaker
  s.slug AS speaker_slug,      -- the speaker's lasting identifier, such as vladimir-putin
  k.text,                      -- the text of the canonical variant, as an article has it
  k.first_published,           -- date of the first rendering
  k.last_published,            -- date of the latest rendering
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
  ) AS disputed                -- how many articles are sure that somebody else said it
FROM quotes k
JOIN speakers s ON s.id = k.speaker_id
