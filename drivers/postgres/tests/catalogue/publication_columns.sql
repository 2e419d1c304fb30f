-- Publications of some rows and columns.
-- needs 15
-- current
CREATE TABLE t (a integer PRIMARY KEY, b text);
-- desired
CREATE SCHEMA app;
CREATE TABLE t (a integer PRIMARY KEY, b text);
CREATE PUBLICATION p FOR TABLE t (a) WHERE (a > 3);
CREATE PUBLICATION s FOR TABLES IN SCHEMA app;
