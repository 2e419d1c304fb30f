-- The numbers of AUTOINCREMENT are not given out again after a rebuild.
-- current
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
-- desired
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL);
-- rows
INSERT INTO t (a) VALUES ('x'), ('y'), ('z'); DELETE FROM t WHERE id > 1;
-- kept
SELECT t.*, seq FROM t, sqlite_sequence WHERE name = 't'
