-- The type of a column from text to uuid.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v text);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v uuid);
-- rows
INSERT INTO t VALUES (1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
-- kept
SELECT id, v IS NULL FROM t
