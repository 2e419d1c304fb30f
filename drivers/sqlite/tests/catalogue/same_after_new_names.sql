-- SQLite puts quotes around a name that it gives itself.
-- current
CREATE TABLE t (a INT, b INT CHECK (b > 0)); CREATE INDEX i ON t (b); CREATE VIEW v AS SELECT t.b FROM t;
-- same
CREATE TABLE s (a INT, c INT CHECK (c > 0)); CREATE INDEX i ON s (c); CREATE VIEW v AS SELECT s.c FROM s; ALTER TABLE s RENAME COLUMN c TO b; ALTER TABLE s RENAME TO t;
