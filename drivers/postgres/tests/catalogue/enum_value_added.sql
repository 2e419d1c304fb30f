-- Values at the beginning, in the middle and at the end of an enum.
-- current
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'ok' NOT NULL, ms mood[]);
-- desired
CREATE TYPE mood AS ENUM ('bad', 'sad', 'so', 'so so', 'ok', 'good', 'best');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'ok' NOT NULL, ms mood[]);
-- rows
INSERT INTO t VALUES (1, 'sad', '{ok,sad}');
-- kept
SELECT id, m::text, ms::text FROM t
