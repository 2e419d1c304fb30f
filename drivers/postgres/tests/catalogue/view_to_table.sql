-- A view becomes a table.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT a FROM t;
-- desired
CREATE TABLE t (a integer, b text, c date);
CREATE TABLE v (a integer);
