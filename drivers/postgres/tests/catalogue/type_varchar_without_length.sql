-- The type of a column from varchar to varchar(10).
-- current
CREATE TABLE t (id integer PRIMARY KEY, v varchar);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v varchar(10));
-- rows
INSERT INTO t VALUES (1, 'abc');
-- kept
SELECT id, v IS NULL FROM t
