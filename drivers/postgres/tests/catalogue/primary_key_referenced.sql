-- A primary key to which a foreign key leads gets another name.
-- current
CREATE TABLE t (a integer CONSTRAINT t_pkey PRIMARY KEY);
CREATE TABLE child (a integer CONSTRAINT child_a REFERENCES t);
-- desired
CREATE TABLE t (a integer CONSTRAINT pk_t PRIMARY KEY);
CREATE TABLE child (a integer CONSTRAINT child_a REFERENCES t);
-- rows
INSERT INTO t VALUES (1); INSERT INTO child VALUES (1);
-- kept
SELECT * FROM t, child
