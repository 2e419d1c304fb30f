-- An extension with a type that a column has.
-- current
CREATE TABLE t (a text);
-- desired
CREATE EXTENSION citext;
CREATE TABLE t (a citext DEFAULT 'X');
CREATE INDEX t_a ON t (a);
-- rows
INSERT INTO t VALUES ('A');
-- kept
SELECT a::text FROM t
