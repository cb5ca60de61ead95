-- Full text over every rendering, as on SQLite: words are stemmed, none is left out.
CREATE TEXT SEARCH DICTIONARY quotes_stem (TEMPLATE = snowball, LANGUAGE = english)

CREATE TEXT SEARCH CONFIGURATION quotes_english (COPY = pg_catalog.english)

ALTER TEXT SEARCH CONFIGURATION quotes_english
  ALTER MAPPING FOR asciiword, word, asciihword, hword, hword_asciipart, hword_part
  WITH quotes_stem

-- Accents off (NFKD without the combining marks), marks to spaces. An index holds 1 MB at most.
CREATE FUNCTION quotes_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN regexp_replace(
  regexp_replace(normalize(left($1, 100000), NFKD), '[\u0300-\u036f]', '', 'g'),
  '[!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u206f]+', ' ', 'g')

CREATE INDEX ix_renderings_search ON renderings
  USING gin (to_tsvector('quotes_english'::regconfig, quotes_plain(text)))
