-- The query of a view.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT a FROM t;
-- desired
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT a FROM t WHERE a > 0;
