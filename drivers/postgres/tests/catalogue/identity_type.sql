-- An identity column becomes bigger.
-- current
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
-- desired
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
-- rows
INSERT INTO t DEFAULT VALUES;
-- kept
SELECT id FROM t
