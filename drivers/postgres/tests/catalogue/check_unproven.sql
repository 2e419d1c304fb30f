-- A check that is not proven of the rows, and one that those who inherit do not have.
-- current
CREATE TABLE t (a integer);
ALTER TABLE t ADD CONSTRAINT one CHECK (a > 0) NOT VALID, ADD CONSTRAINT two CHECK (a < 9) NO INHERIT;
-- desired
CREATE TABLE t (a integer, CONSTRAINT one CHECK (a > 0), CONSTRAINT two CHECK (a < 9));
-- rows
INSERT INTO t VALUES (1);
-- kept
SELECT * FROM t
