-- One row an outlet. What people merged into another outlet is left out.
CREATE VIEW outlet_list AS
SELECT
  o.id,                        -- the outlet's number
  o.slug,                      -- the outlet's lasting identifier
  o.name,                      -- name of the outlet
  o.country,                   -- ISO 3166 code, where it is known
  o.provenance,                -- where the words of its articles come from: original, translated,
                               -- machine-translated or transcript; NULL where it is not known
  (SELECT count(*) FROM articles a
    WHERE a.outlet_id = o.id AND NOT a.removed
  ) AS articles,               -- how many articles there are of it
  (SELECT count(*) FROM articles a
     JOIN quotations q ON q.article_id = a.id
    WHERE a.outlet_id = o.id AND NOT a.removed
  ) AS quotations              -- how many quotations these have
FROM outlets o
WHERE o.merged_into IS NULL
