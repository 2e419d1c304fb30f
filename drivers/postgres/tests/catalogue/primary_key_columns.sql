-- The columns of a primary key, with a foreign key that needs another one.
-- current
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (a), UNIQUE (b));
CREATE TABLE child (b integer REFERENCES t (b));
-- desired
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (a, b), UNIQUE (b));
CREATE TABLE child (b integer REFERENCES t (b));
-- rows
INSERT INTO t VALUES (1, 2); INSERT INTO child VALUES (2);
-- kept
SELECT * FROM t, child
