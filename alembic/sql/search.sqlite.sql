-- Full text over every rendering, so that any of them finds its quote. Words are stemmed, none is
-- left out ("not" matters), case and accents do not count, and marks part words. Datasette and
-- sqlite-utils find the index by the double quotes around the table's name.
CREATE VIRTUAL TABLE rendering_search USING fts5(
  text, content="renderings", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2"
)

CREATE TRIGGER rendering_search_insert AFTER INSERT ON renderings BEGIN
  INSERT INTO rendering_search (rowid, text) VALUES (new.id, new.text);
END

CREATE TRIGGER rendering_search_delete AFTER DELETE ON renderings BEGIN
  INSERT INTO rendering_search (rendering_search, rowid, text) VALUES ('delete', old.id, old.text);
END

CREATE TRIGGER rendering_search_update AFTER UPDATE OF text ON renderings BEGIN
  INSERT INTO rendering_search (rendering_search, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO rendering_search (rowid, text) VALUES (new.id, new.text);
END
