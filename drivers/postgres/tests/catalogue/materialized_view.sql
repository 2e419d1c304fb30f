-- A materialized view with indexes and options.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX m_a ON m (a);
-- desired
CREATE TABLE t (a integer, b text, c date);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT a, b FROM t;
CREATE UNIQUE INDEX m_a ON m (a, b);
COMMENT ON MATERIALIZED VIEW m IS 'kept';
CREATE VIEW v AS SELECT a FROM m;
