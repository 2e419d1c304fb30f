-- A text becomes an enum.
-- current
CREATE TABLE t (m text DEFAULT 'ok');
-- desired
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood DEFAULT 'ok');
-- rows
INSERT INTO t VALUES ('sad');
-- kept
SELECT m::text FROM t
