-- A view with the rights of who reads it.
-- needs 15
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT a FROM t;
-- desired
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v WITH (security_invoker) AS SELECT a FROM t;
