-- How a column is stored, and how much the server learns about it.
-- current
CREATE TABLE t (a text, b text, c numeric);
ALTER TABLE t ALTER b SET STORAGE EXTERNAL, ALTER c SET STATISTICS 500;
-- desired
CREATE TABLE t (a text, b text, c numeric);
ALTER TABLE t ALTER a SET STORAGE MAIN, ALTER c SET STORAGE EXTERNAL, ALTER c SET (n_distinct = -0.5);
-- rows
INSERT INTO t VALUES ('a', 'b', 1);
-- kept
SELECT * FROM t
