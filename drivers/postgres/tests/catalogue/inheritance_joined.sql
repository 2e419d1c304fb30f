-- A table begins to inherit.
-- current
CREATE TABLE p (a integer, b text CHECK (b <> ''));
CREATE TABLE c (d date);
-- desired
CREATE TABLE p (a integer, b text CHECK (b <> ''));
CREATE TABLE c (d date) INHERITS (p);
-- rows
INSERT INTO c VALUES ('2024-01-01');
-- kept
SELECT d FROM c
