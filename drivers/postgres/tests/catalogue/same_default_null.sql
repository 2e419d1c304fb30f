-- Nothing to do: default null.
-- current
CREATE TABLE t (a integer);
-- same
CREATE TABLE t (a integer DEFAULT NULL);
