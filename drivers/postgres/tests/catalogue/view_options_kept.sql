-- Options that stay while the query changes.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t;
-- desired
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v WITH (security_barrier) AS SELECT a, b FROM t;
