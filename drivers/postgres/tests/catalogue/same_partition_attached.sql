-- Nothing to do: partition attached.
-- current
CREATE TABLE p (a integer) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- same
CREATE TABLE p (a integer) PARTITION BY LIST (a);
CREATE TABLE p1 (a integer);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
