-- How much each speaker said is counted while it is written, not whenever somebody asks.
-- Rows that are added or deleted together are counted together: each count writes a speaker anew.
CREATE FUNCTION quotes_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'UPDATE speakers s SET ' || TG_ARGV[0] || ' = s.' || TG_ARGV[0] || ' + $1 * c.many
     FROM (SELECT speaker_id, count(*) AS many FROM changed GROUP BY speaker_id) c
    WHERE s.id = c.speaker_id' USING CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
  RETURN NULL;
END $$

CREATE FUNCTION quotes_recount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'UPDATE speakers SET ' || TG_ARGV[0] || ' = ' || TG_ARGV[0] || ' +
    CASE WHEN id = $2 THEN 1 ELSE -1 END WHERE id IN ($1, $2)'
    USING old.speaker_id, new.speaker_id;
  RETURN NULL;
END $$

CREATE TRIGGER attributions_counted AFTER INSERT ON attributions
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION quotes_count('quotations')

CREATE TRIGGER attributions_discounted AFTER DELETE ON attributions
  REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION quotes_count('quotations')

CREATE TRIGGER attributions_recounted AFTER UPDATE OF speaker_id ON attributions
  FOR EACH ROW WHEN (old.speaker_id IS DISTINCT FROM new.speaker_id)
  EXECUTE FUNCTION quotes_recount('quotations')

CREATE TRIGGER quotes_counted AFTER INSERT ON quotes
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION quotes_count('quotes')

CREATE TRIGGER quotes_discounted AFTER DELETE ON quotes
  REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION quotes_count('quotes')

CREATE TRIGGER quotes_recounted AFTER UPDATE OF speaker_id ON quotes
  FOR EACH ROW WHEN (old.speaker_id <> new.speaker_id)
  EXECUTE FUNCTION quotes_recount('quotes')
