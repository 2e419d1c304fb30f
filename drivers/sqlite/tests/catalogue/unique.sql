-- Unique constraints: their columns, their order, what they do in a conflict.
-- current
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT UNIQUE, b INT, c INT, UNIQUE (b, c), UNIQUE (c) ON CONFLICT IGNORE);
-- desired
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT, c INT, UNIQUE (c, b), CONSTRAINT k UNIQUE (a), UNIQUE (c) ON CONFLICT REPLACE);
-- rows
INSERT INTO t VALUES (1, 1, 1, 1), (2, 2, 2, 2);
-- kept
SELECT * FROM t ORDER BY id
