-- Publications.
-- current
CREATE TABLE t (a integer PRIMARY KEY, b text);
CREATE PUBLICATION p FOR TABLE t;
-- desired
CREATE TABLE t (a bigint PRIMARY KEY, b text);
CREATE TABLE u (a integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE t, u WITH (publish = 'insert, delete');
CREATE PUBLICATION q;
CREATE PUBLICATION r FOR ALL TABLES;
