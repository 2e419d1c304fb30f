-- Views change, and others that read them.
-- current
CREATE TABLE t (a INT, b INT); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v; CREATE VIEW z (x) AS SELECT 1;
-- desired
CREATE TABLE t (a INT, b INT); CREATE VIEW v AS SELECT a, b FROM t; CREATE VIEW w AS SELECT a, b FROM v; CREATE VIEW z (y) AS SELECT 1;
