-- A view over itself, and one over a key.
-- current
CREATE TABLE t (a integer, b text, c date);
-- desired
CREATE TABLE t (a integer PRIMARY KEY, b text, c date);
CREATE RECURSIVE VIEW r (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5;
CREATE VIEW g AS SELECT a, b FROM t GROUP BY a;
