-- Columns come first, in the middle and at the end.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
-- desired
CREATE TABLE account (a int, id bigint PRIMARY KEY, b int, c int, name varchar(20), d int, e int);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
