-- The index that names a row goes.
-- current
CREATE TABLE t (a integer NOT NULL);
CREATE UNIQUE INDEX t_a ON t (a);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_a;
-- desired
CREATE TABLE t (a integer NOT NULL);
