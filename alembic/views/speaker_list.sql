-- One row a speaker, known or met in an article.
CREATE VIEW speaker_list AS
SELECT
  s.id,                        -- the speaker's number
  s.name,                      -- name of the speaker
  s.slug,                      -- the speaker's lasting identifier
  s.type,                      -- person, organisation, group or anonymous
  s.provisional,               -- true where articles introduced the speaker and nobody confirmed it
  s.gender,                    -- female or male, NULL where it is not known
  CASE WHEN s.gender IS NULL THEN NULL
    WHEN s.gender_origin IS NOT NULL THEN s.gender_origin
    WHEN s.origin = 'person' THEN 'person' ELSE 'registry'
  END AS gender_origin,        -- where that is from: registry, person, or first name (a list of
                               -- common first names)
  s.party,                     -- political party
  s.wikidata,                  -- identifier in Wikidata
  s.quotes,                    -- how many quotes the speaker has
  s.quotations,                -- how many quotations articles attribute to the speaker
  (SELECT min(k.first_published) FROM quotes k
    WHERE k.speaker_id = s.id
  ) AS first_published,        -- date of the first rendering
  (SELECT max(k.last_published) FROM quotes k
    WHERE k.speaker_id = s.id
  ) AS last_published          -- date of the latest rendering
FROM speakers s
