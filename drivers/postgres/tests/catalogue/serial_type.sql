-- A serial column becomes bigger.
-- current
CREATE TABLE t (id serial PRIMARY KEY);
-- desired
CREATE TABLE t (id bigserial PRIMARY KEY);
-- rows
INSERT INTO t DEFAULT VALUES;
-- kept
SELECT id FROM t
