-- The type of a column from cidr to inet.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v cidr);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v inet);
-- rows
INSERT INTO t VALUES (1, '10.0.0.0/8');
-- kept
SELECT id, v IS NULL FROM t
