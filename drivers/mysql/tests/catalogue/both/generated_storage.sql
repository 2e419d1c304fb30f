-- A generated column is kept, or not.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (b * 2) STORED);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (b * 2) VIRTUAL);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
