-- Members of a composite type.
-- current
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (p pair);
-- desired
CREATE TYPE pair AS (a integer, c date, d text COLLATE "C");
COMMENT ON COLUMN pair.c IS 'a day';
CREATE TABLE t (p pair);
-- rows
INSERT INTO t VALUES (ROW(1, 'x'));
-- kept
SELECT (p).a FROM t
