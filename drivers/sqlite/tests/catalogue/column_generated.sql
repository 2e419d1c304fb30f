-- An expression changes, and columns begin and cease to be computed.
-- current
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, twice INT GENERATED ALWAYS AS (a * 2) VIRTUAL, kept INT AS (a + 1) STORED, plain INT);
-- desired
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, twice INT GENERATED ALWAYS AS (a + a) STORED, kept INT, plain INT AS (a) VIRTUAL);
-- rows
INSERT INTO t (id, a) VALUES (1, 10), (2, 20);
-- kept
SELECT id, a, twice, kept FROM t ORDER BY id
