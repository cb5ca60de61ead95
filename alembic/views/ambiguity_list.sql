-- One row a fragment and one more quote that it fits, too.
CREATE VIEW ambiguity_list AS
SELECT
  a.rendering_id,              -- the fragment's number
  v.quote_id,                  -- the quote that it fits best, and stands with
  s.name AS speaker,           -- name of the speaker
  r.text,                      -- the fragment as the article has it
  a.quote_id AS also_quote_id, -- the other quote
  o.text AS also_text          -- the text of its canonical variant
FROM ambiguities a
JOIN renderings r ON r.id = a.rendering_id
JOIN variants v ON v.id = r.variant_id
JOIN quotes o ON o.id = a.quote_id
JOIN speakers s ON s.id = o.speaker_id
