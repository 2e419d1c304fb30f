-- No column stays.
-- current
CREATE TABLE t (a int, b int);
-- desired
CREATE TABLE t (c int, d int);
