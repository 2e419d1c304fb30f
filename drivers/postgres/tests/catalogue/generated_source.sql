-- A column that another one is computed from changes its type.
-- current
CREATE TABLE t (a integer, b bigint GENERATED ALWAYS AS (a * 2) STORED);
-- desired
CREATE TABLE t (a bigint, b bigint GENERATED ALWAYS AS (a * 2) STORED);
-- rows
INSERT INTO t (a) VALUES (21);
-- kept
SELECT a, b FROM t
