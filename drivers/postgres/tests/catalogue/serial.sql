-- A serial column comes and goes.
-- current
CREATE TABLE t (a text);
-- desired
CREATE TABLE t (a text, id bigserial NOT NULL);
-- rows
INSERT INTO t VALUES ('a');
-- kept
SELECT a FROM t
