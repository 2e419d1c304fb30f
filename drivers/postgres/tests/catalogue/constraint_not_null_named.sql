-- NOT NULL has a name, and may be unproven.
-- needs 18
-- current
CREATE TABLE t (a integer CONSTRAINT must NOT NULL, b integer NOT NULL, c integer, d integer);
ALTER TABLE t ADD CONSTRAINT later NOT NULL d NOT VALID;
-- desired
CREATE TABLE t (a integer NOT NULL, b integer CONSTRAINT has NOT NULL, c integer CONSTRAINT too NOT NULL, d integer CONSTRAINT later NOT NULL);
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);
-- kept
SELECT * FROM t
