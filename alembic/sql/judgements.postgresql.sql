CREATE FUNCTION quotes_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'judgements are only ever added';
END $$

CREATE TRIGGER judgements_no_change BEFORE UPDATE OR DELETE ON judgements
  FOR EACH ROW EXECUTE FUNCTION quotes_refuse_change()
