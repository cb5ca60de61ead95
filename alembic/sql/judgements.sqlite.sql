CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements BEGIN
  SELECT RAISE(ABORT, 'judgements are only ever added');
END

CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements BEGIN
  SELECT RAISE(ABORT, 'judgements are only ever added');
END
