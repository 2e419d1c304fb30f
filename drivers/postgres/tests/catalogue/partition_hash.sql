-- Partitions by hash, over an expression.
-- current

-- desired
CREATE TABLE p (a integer, b text) PARTITION BY HASH (a, lower(b));
CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 1);
