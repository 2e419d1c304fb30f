-- A function that a default, a check and an index use.
-- current
CREATE FUNCTION f() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE TABLE t (a integer DEFAULT f() CHECK (a >= f()));
CREATE INDEX i ON t ((a + f()));
-- desired
CREATE FUNCTION f() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2 - 1';
CREATE TABLE t (a integer DEFAULT f() CHECK (a >= f()));
CREATE INDEX i ON t ((a + f()));
-- rows
INSERT INTO t DEFAULT VALUES;
-- kept
SELECT a FROM t
