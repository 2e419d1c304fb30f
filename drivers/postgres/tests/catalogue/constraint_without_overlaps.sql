-- Keys over periods of time.
-- needs 18
-- current
CREATE EXTENSION btree_gist;
CREATE TABLE t (id integer, d daterange);
-- desired
CREATE EXTENSION btree_gist;
CREATE TABLE t (id integer, d daterange, CONSTRAINT p PRIMARY KEY (id, d WITHOUT OVERLAPS));
CREATE TABLE c (id integer, d daterange, CONSTRAINT f FOREIGN KEY (id, PERIOD d) REFERENCES t (id, PERIOD d));
