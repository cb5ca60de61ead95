-- One row a quotation: one stretch between quotation marks in one article.
CREATE VIEW quotation_list AS
SELECT
  q.id,                        -- the quotation's number
  q.article_id,                -- the article, see the table articles
  s.name AS speaker,           -- name of the speaker, NULL where nobody was found
  s.slug AS speaker_slug,      -- the speaker's lasting identifier
  s.type AS speaker_type,      -- person, organisation, group or anonymous
  s.gender,                    -- female or male, NULL where it is not known
  s.party,                     -- political party of the speaker
  q.text,                      -- the text, marks included
  q.kind,                      -- direct (a clause or more), mixed (a fragment), none (not speech: a
                               -- title, a nickname ...)
  q.kind_confidence,           -- 0 to 1: how sure it is that this is speech, or (none) that it is
                               -- not
  t.mention,                   -- the words of the article that name the source
  t.cue,                       -- the words that introduce the speech
  a.outlet_id,                 -- the outlet, see the table outlets
  o.name AS outlet,            -- name of the outlet
  a.title,                     -- title of the article
  a.url,                       -- address of the article
  a.archived,                  -- address of a copy of it in a web archive, where one is known
  a.source,                    -- the file or id that the article was read from
  a.published,                 -- date of the article
  t.joint_confidence
    AS confidence,             -- 0 to 1: how sure the speaker is
  t.rule,                      -- the rule that made the attribution
  t.reason,                    -- why nobody was found
  (SELECT v.quote_id FROM renderings r
     JOIN variants v ON v.id = r.variant_id
    WHERE r.quotation_id = q.id
    ORDER BY r."end" - r.start DESC, r.start LIMIT 1
  ) AS quote_id,               -- the quote that its longest rendering belongs to (it may hold
                               -- several: see rendering_list)
  q.start,                     -- where it begins in the body of the article
  q."end"                      -- where it ends (write it in double quotes)
FROM quotations q
JOIN articles a ON a.id = q.article_id
JOIN attributions t ON t.quotation_id = q.id
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN speakers s ON s.id = t.speaker_id
WHERE NOT a.removed
