-- The columns of a view change where others use it.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a FROM v;
-- desired
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT b, a::bigint AS a FROM t;
CREATE VIEW w AS SELECT a FROM v;
