-- A column goes that a view used in its condition.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT a FROM t WHERE b IS NULL;
-- desired
CREATE TABLE t (a integer, c date);
CREATE VIEW v AS SELECT a FROM t;
