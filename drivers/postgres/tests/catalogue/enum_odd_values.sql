-- Values with quotes, and a name that has to be quoted.
-- current
CREATE TYPE "My mood" AS ENUM ('it''s', 'a"b', '', 'ä😀', 'x,y');
CREATE TABLE t (m "My mood");
-- desired
CREATE TYPE "My mood" AS ENUM ('it''s', 'a"b', 'x,y');
CREATE TABLE t (m "My mood");
-- rows
INSERT INTO t VALUES ('it''s'), ('a"b');
-- kept
SELECT m::text FROM t ORDER BY 1
