-- One row a speaker whom people merged into another one.
CREATE VIEW merge_list AS
WITH RECURSIVE
direct AS (
  SELECT j.speaker, j.value AS other
  FROM judgement_list j
  WHERE j.kind = 'merge' AND j.undone_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM judgement_list later
    WHERE later.kind = 'merge' AND later.undone_at IS NULL
      AND later.speaker = j.speaker AND later.id > j.id
  )
),
-- UNION keeps each pair once, so that a circle comes to an end (and has no row below).
chain AS (
  SELECT speaker, other FROM direct
  UNION
  SELECT chain.speaker, direct.other FROM chain
  JOIN direct ON direct.speaker = chain.other
)
SELECT
  speaker AS speaker_slug,     -- identifier of the speaker who was merged
  other AS merged_into         -- identifier of the speaker who has the quotes of both, in the end
FROM chain
WHERE NOT EXISTS (SELECT 1 FROM direct WHERE direct.speaker = chain.other)
