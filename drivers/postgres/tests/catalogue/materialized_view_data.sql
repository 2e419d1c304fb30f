-- A materialized view that is empty.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX m_a ON m (a);
-- desired
CREATE TABLE t (a integer, b text, c date);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA;
CREATE INDEX m_a ON m (a);
