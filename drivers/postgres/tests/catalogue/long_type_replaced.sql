-- A type with a name of 63 bytes is replaced.
-- current
CREATE TYPE äääääääääääääääääääääääääääääää AS ENUM ('a', 'b');
CREATE TABLE t (v äääääääääääääääääääääääääääääää);
-- desired
CREATE TYPE äääääääääääääääääääääääääääääää AS ENUM ('b', 'a');
CREATE TABLE t (v äääääääääääääääääääääääääääääää);
-- rows
INSERT INTO t VALUES ('a');
-- kept
SELECT v::text FROM t
