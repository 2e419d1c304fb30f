-- The type of a column from jsonb to text.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v jsonb);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO t VALUES (1, '{"a": 1}');
-- kept
SELECT id, v IS NULL FROM t
