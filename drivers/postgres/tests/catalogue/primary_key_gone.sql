-- A primary key goes, and NOT NULL with it.
-- current
CREATE TABLE t (a integer PRIMARY KEY);
-- desired
CREATE TABLE t (a integer);
-- rows
INSERT INTO t VALUES (1);
-- kept
SELECT * FROM t
