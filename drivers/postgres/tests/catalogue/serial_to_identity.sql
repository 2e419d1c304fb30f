-- The sequence of a column becomes a part of it.
-- current
CREATE TABLE t (id serial PRIMARY KEY, v text);
-- desired
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text);
-- rows
INSERT INTO t (v) VALUES ('a'), ('b');
-- kept
SELECT id, v FROM t ORDER BY id
