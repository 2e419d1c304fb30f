-- Computed columns come: one that ADD COLUMN takes, and one that it refuses.
-- current
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT); CREATE TABLE o (id INTEGER PRIMARY KEY, a INT);
-- desired
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, v INT NOT NULL AS (a + 1)); CREATE TABLE o (id INTEGER PRIMARY KEY, a INT, s INT AS (a + 1) STORED);
-- rows
INSERT INTO t (a) VALUES (1); INSERT INTO o (a) VALUES (1);
-- kept
SELECT t.a, o.a FROM t, o
