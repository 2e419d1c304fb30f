-- A value of an enum goes that columns, views, checks and functions use.
-- current
CREATE TYPE mood AS ENUM ('sad', 'ok', 'good');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'ok' NOT NULL, ms mood[]);
CREATE INDEX t_m ON t (m) WHERE m <> 'ok';
CREATE VIEW v AS SELECT id, m FROM t WHERE m > 'sad';
CREATE VIEW w AS SELECT m FROM v;
ALTER TABLE t ADD CONSTRAINT c CHECK (m <> 'sad' OR id > 0);
CREATE FUNCTION f(mood) RETURNS mood LANGUAGE sql AS 'SELECT $1';
COMMENT ON TYPE mood IS 'how one feels';
-- desired
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'ok' NOT NULL, ms mood[]);
CREATE INDEX t_m ON t (m) WHERE m <> 'ok';
CREATE VIEW v AS SELECT id, m FROM t WHERE m > 'sad';
CREATE VIEW w AS SELECT m FROM v;
ALTER TABLE t ADD CONSTRAINT c CHECK (m <> 'sad' OR id > 0);
CREATE FUNCTION f(mood) RETURNS mood LANGUAGE sql AS 'SELECT $1';
COMMENT ON TYPE mood IS 'how one feels';
-- rows
INSERT INTO t VALUES (1, 'sad', '{ok,sad}');
-- kept
SELECT id, m::text, ms::text FROM t
