-- Constraints that nobody keeps.
-- needs 18
-- current
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE c (a integer CONSTRAINT k REFERENCES t NOT ENFORCED, CONSTRAINT x CHECK (a > 0) NOT ENFORCED);
-- desired
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE c (a integer CONSTRAINT k REFERENCES t, CONSTRAINT x CHECK (a > 0));
