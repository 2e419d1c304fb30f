-- A generated column goes with what it is made of.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (b * 2) STORED, c int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), c int);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
