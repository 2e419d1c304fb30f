-- The type of a column from text to text[].
-- current
CREATE TABLE t (id integer PRIMARY KEY, v text);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v text[]);
-- rows
INSERT INTO t VALUES (1, '{a,b}');
-- kept
SELECT id, v IS NULL FROM t
