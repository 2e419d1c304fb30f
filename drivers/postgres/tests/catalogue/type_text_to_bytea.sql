-- The type of a column from text to bytea.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v text);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v bytea);
-- rows
INSERT INTO t VALUES (1, 'abc');
-- kept
SELECT id, v IS NULL FROM t
