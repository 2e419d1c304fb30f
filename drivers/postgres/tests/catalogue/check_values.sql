-- The values of an enumeration as a check.
-- current
CREATE TABLE t (a text CONSTRAINT a_values CHECK (a IN ('x', 'y')));
-- desired
CREATE TABLE t (a text CONSTRAINT a_values CHECK (a IN ('x', 'y', 'z')));
-- rows
INSERT INTO t VALUES ('x');
-- kept
SELECT * FROM t
