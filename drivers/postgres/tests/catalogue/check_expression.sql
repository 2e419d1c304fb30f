-- The expression of a check, under the same name.
-- current
CREATE TABLE t (a integer CONSTRAINT positive CHECK (a > 0));
-- desired
CREATE TABLE t (a integer CONSTRAINT positive CHECK (a >= 0));
-- rows
INSERT INTO t VALUES (1);
-- kept
SELECT * FROM t
