-- A table in another schema is another table.
-- current
CREATE SCHEMA a;
CREATE TABLE a.t (v integer);
-- desired
CREATE SCHEMA b;
CREATE TABLE b.t (v integer);
