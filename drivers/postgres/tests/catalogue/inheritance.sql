-- A table that inherits.
-- current
CREATE TABLE p (a integer, b text);
CREATE TABLE c (d date) INHERITS (p);
-- desired
CREATE TABLE p (a bigint, e text DEFAULT 'x');
CREATE TABLE c (d date, f integer) INHERITS (p);
ALTER TABLE c ALTER e SET DEFAULT 'y';
-- rows
INSERT INTO c VALUES (1);
-- kept
SELECT a FROM p
