-- Whether two NULLs are the same.
-- needs 15
-- current
CREATE TABLE t (a integer CONSTRAINT u UNIQUE, b integer);
CREATE UNIQUE INDEX t_b ON t (b);
-- desired
CREATE TABLE t (a integer CONSTRAINT u UNIQUE NULLS NOT DISTINCT, b integer);
CREATE UNIQUE INDEX t_b ON t (b) NULLS NOT DISTINCT;
