-- Nothing to do: dropped column.
-- current
CREATE TABLE t (a integer, b integer);
-- same
CREATE TABLE t (x text, a integer, y text, b integer);
ALTER TABLE t DROP x, DROP y;
