-- A foreign key that is not proven of the rows.
-- current
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE c (a integer);
ALTER TABLE c ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES t NOT VALID;
-- desired
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE c (a integer CONSTRAINT k REFERENCES t);
