-- The name of the table stands before its columns.
-- current
CREATE TABLE t (a INT, CHECK (t.a > 0), CHECK (main.t.a < 9));
-- desired
CREATE TABLE t (a INT NOT NULL, CHECK (t.a > 0), CHECK (main.t.a < 9));
-- rows
INSERT INTO t VALUES (1);
-- kept
SELECT a FROM t
