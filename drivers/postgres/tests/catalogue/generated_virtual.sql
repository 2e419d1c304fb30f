-- Columns that are computed when they are read.
-- needs 18
-- current
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED, c integer GENERATED ALWAYS AS (a + 1) VIRTUAL);
-- desired
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL, c integer GENERATED ALWAYS AS (a + 2) VIRTUAL);
-- rows
INSERT INTO t (a) VALUES (21);
-- kept
SELECT a, b FROM t
