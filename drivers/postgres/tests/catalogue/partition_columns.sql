-- Columns of a divided table, and what a partition has of its own.
-- current
CREATE TABLE p (a integer NOT NULL, d date, v text DEFAULT 'x') PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
-- desired
CREATE TABLE p (a integer NOT NULL, v varchar(20) DEFAULT 'y', w integer) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p (v DEFAULT 'z', CHECK (w > 0)) FOR VALUES FROM (0) TO (10);
ALTER TABLE p1 SET (fillfactor = 70);
-- rows
INSERT INTO p VALUES (1);
-- kept
SELECT a, v FROM p
