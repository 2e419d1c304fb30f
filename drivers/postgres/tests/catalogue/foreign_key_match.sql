-- MATCH and the name of a foreign key.
-- current
CREATE TABLE t (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (a integer, b integer, CONSTRAINT old FOREIGN KEY (a, b) REFERENCES t);
-- desired
CREATE TABLE t (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (a integer, b integer, CONSTRAINT new FOREIGN KEY (a, b) REFERENCES t MATCH FULL);
