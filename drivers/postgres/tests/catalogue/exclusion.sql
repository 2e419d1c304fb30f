-- An exclusion constraint.
-- current
CREATE TABLE t (r int4range, s int4range, CONSTRAINT x EXCLUDE USING gist (r WITH &&));
-- desired
CREATE TABLE t (r int4range, s int4range, CONSTRAINT x EXCLUDE USING gist (r WITH &&, s WITH -|-) WHERE (r IS NOT NULL) DEFERRABLE);
-- rows
INSERT INTO t VALUES ('[1,3)', '[1,3)');
-- kept
SELECT * FROM t
