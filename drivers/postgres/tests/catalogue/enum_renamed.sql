-- A value that is called otherwise is another one; so is the default.
-- current
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'ok' NOT NULL, ms mood[]);
-- desired
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'fine' NOT NULL, ms mood[]);
-- rows
INSERT INTO t VALUES (1, 'sad', '{sad}');
-- kept
SELECT id, m::text, ms::text FROM t
