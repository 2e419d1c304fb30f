-- A column goes that a view used.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT a, b FROM t;
-- desired
CREATE TABLE t (a integer, c date);
CREATE VIEW v AS SELECT a FROM t;
-- rows
INSERT INTO t VALUES (1, 'x');
-- kept
SELECT a FROM t
