-- The type of a column from char(3) to text.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v char(3));
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO t VALUES (1, 'abc');
-- kept
SELECT id, v IS NULL FROM t
