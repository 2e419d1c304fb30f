-- What an index has beside its definition.
-- current
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t ((b + 1), a);
CREATE UNIQUE INDEX u ON t (b);
COMMENT ON INDEX i IS 'one';
-- desired
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t ((b + 1), a);
CREATE UNIQUE INDEX u ON t (b);
ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 300;
ALTER TABLE t CLUSTER ON u;
COMMENT ON INDEX i IS 'two';
