-- A view gets columns at its end, also that of another view.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v;
-- desired
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a FROM v;
