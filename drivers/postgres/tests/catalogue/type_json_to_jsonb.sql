-- The type of a column from json to jsonb.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v json);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v jsonb);
-- rows
INSERT INTO t VALUES (1, '{"a": 1}');
-- kept
SELECT id, v IS NULL FROM t
