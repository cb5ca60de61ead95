-- One row a judgement: what a person decided, and whether that holds.
CREATE VIEW judgement_list AS
SELECT
  j.id,                        -- the judgement's number, as in `quotes judge log`
  j.kind,                      -- attribution, kind, same, different, canonical, meaning; add,
                               -- alias, rename, confirm, merge, apart and split (of a speaker);
                               -- edit and remove (of an article; edit also of an outlet);
                               -- rename-outlet and merge-outlet; undo
  j.speaker,                   -- identifier of the speaker that it is about
  j.outlet,                    -- identifier of the outlet that it is about
  j.value,                     -- what was decided
  j.why,                       -- the reason given
  j."by",                      -- who decided (write it in double quotes)
  j.at,                        -- when
  j.undoes,                    -- for undo: the number of the judgement that it undoes
  u."by" AS undone_by,         -- who undid it; NULL where it stands
  u.at AS undone_at            -- when it was undone; NULL where it stands
FROM judgements j
LEFT JOIN judgements u ON u.undoes = coalesce(j.batch, j.id)
 -- An undo counts unless it was undone itself. A restored judgement is undone by a new undo.
 AND NOT EXISTS (SELECT 1 FROM judgements r WHERE r.undoes = u.id)
