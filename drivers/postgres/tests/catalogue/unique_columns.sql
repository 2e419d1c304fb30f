-- The columns of a unique constraint, and their order.
-- current
CREATE TABLE t (a integer, b integer, CONSTRAINT u UNIQUE (a, b), CONSTRAINT w UNIQUE (a));
-- desired
CREATE TABLE t (a integer, b integer, CONSTRAINT u UNIQUE (b, a), CONSTRAINT w UNIQUE (a) INCLUDE (b));
-- rows
INSERT INTO t VALUES (1, 2);
-- kept
SELECT * FROM t
