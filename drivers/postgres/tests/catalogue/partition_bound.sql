-- The rows that a partition has.
-- current
CREATE TABLE p (a integer NOT NULL, d date, v text DEFAULT 'x') PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
-- desired
CREATE TABLE p (a integer NOT NULL, d date, v text DEFAULT 'x') PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (20);
-- rows
INSERT INTO p VALUES (1);
-- kept
SELECT a FROM p
