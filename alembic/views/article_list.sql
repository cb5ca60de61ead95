-- One row an article: one text of one outlet. What people removed is left out.
CREATE VIEW article_list AS
SELECT
  a.id,                        -- the article's number: a7 for `quotes articles show` is 7 here
  a.title,                     -- title of the article
  a.outlet_id,                 -- the outlet, see the table outlets
  o.name AS outlet,            -- name of the outlet
  a.published,                 -- date of the article
  a.url,                       -- address of the article
  a.byline,                    -- who wrote it
  a.language,                  -- ISO 639-1 code, where it is known
  coalesce(a.provenance, o.provenance, CASE a.form WHEN 'transcript' THEN 'transcript' END)
    AS provenance,             -- where its words come from: original, translated,
                               -- machine-translated or transcript; NULL where it is not known
  a.source,                    -- the file or id that the article was read from
  a.version,                   -- 1, or more where the text at one address has changed
  (SELECT count(*) FROM quotations q
    WHERE q.article_id = a.id
  ) AS quotations,             -- how many quotations it has
  (SELECT count(*) FROM quotations q
     JOIN attributions t ON t.quotation_id = q.id
    WHERE q.article_id = a.id AND t.speaker_id IS NOT NULL
  ) AS attributed              -- how many of them have a speaker
FROM articles a
LEFT JOIN outlets o ON o.id = a.outlet_id
WHERE NOT a.removed
