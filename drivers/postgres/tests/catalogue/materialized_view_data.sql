-- Whether a materialized view is filled is no difference: who works with the database decides that.
-- current
CREATE TABLE t (a integer);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
-- same
CREATE TABLE t (a integer);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA;
