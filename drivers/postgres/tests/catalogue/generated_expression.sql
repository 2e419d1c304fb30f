-- What is computed changes.
-- current
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE VIEW v AS SELECT b FROM t;
-- desired
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 3) STORED);
CREATE VIEW v AS SELECT b FROM t;
-- rows
INSERT INTO t VALUES (21);
-- kept
SELECT a FROM t
