-- Columns that ON DELETE sets to NULL.
-- needs 15
-- current
CREATE TABLE t (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (a integer, b integer, CONSTRAINT k FOREIGN KEY (a, b) REFERENCES t ON DELETE SET NULL);
-- desired
CREATE TABLE t (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (a integer, b integer, CONSTRAINT k FOREIGN KEY (a, b) REFERENCES t ON DELETE SET NULL (b));
