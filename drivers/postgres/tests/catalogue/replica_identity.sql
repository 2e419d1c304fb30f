-- What names a row to a replica.
-- current
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL);
CREATE UNIQUE INDEX t_a ON t (a);
CREATE TABLE u (a integer PRIMARY KEY);
CREATE TABLE v (a integer);
-- desired
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL);
CREATE UNIQUE INDEX t_a ON t (a);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_a;
CREATE TABLE u (a integer PRIMARY KEY);
ALTER TABLE u REPLICA IDENTITY FULL;
CREATE TABLE v (a integer);
ALTER TABLE v REPLICA IDENTITY NOTHING;
