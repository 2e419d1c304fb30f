-- A table becomes a partition.
-- current
CREATE TABLE p (a integer NOT NULL, d date, v text DEFAULT 'x') PARTITION BY RANGE (a);
CREATE TABLE p1 (a integer NOT NULL, d date, v text DEFAULT 'x');
-- desired
CREATE TABLE p (a integer NOT NULL, d date, v text DEFAULT 'x') PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
-- rows
INSERT INTO p1 VALUES (1);
-- kept
SELECT a FROM p1
