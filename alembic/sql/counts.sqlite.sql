-- How much each speaker said is counted while it is written, not whenever somebody asks.
CREATE TRIGGER attributions_counted AFTER INSERT ON attributions
  WHEN new.speaker_id IS NOT NULL BEGIN
  UPDATE speakers SET quotations = quotations + 1 WHERE id = new.speaker_id;
END

CREATE TRIGGER attributions_discounted AFTER DELETE ON attributions
  WHEN old.speaker_id IS NOT NULL BEGIN
  UPDATE speakers SET quotations = quotations - 1 WHERE id = old.speaker_id;
END

CREATE TRIGGER attributions_recounted AFTER UPDATE OF speaker_id ON attributions
  WHEN old.speaker_id IS NOT new.speaker_id BEGIN
  UPDATE speakers SET quotations = quotations - 1 WHERE id = old.speaker_id;
  UPDATE speakers SET quotations = quotations + 1 WHERE id = new.speaker_id;
END

CREATE TRIGGER quotes_counted AFTER INSERT ON quotes BEGIN
  UPDATE speakers SET quotes = quotes + 1 WHERE id = new.speaker_id;
END

CREATE TRIGGER quotes_discounted AFTER DELETE ON quotes BEGIN
  UPDATE speakers SET quotes = quotes - 1 WHERE id = old.speaker_id;
END

CREATE TRIGGER quotes_recounted AFTER UPDATE OF speaker_id ON quotes
  WHEN old.speaker_id <> new.speaker_id BEGIN
  UPDATE speakers SET quotes = quotes - 1 WHERE id = old.speaker_id;
  UPDATE speakers SET quotes = quotes + 1 WHERE id = new.speaker_id;
END
