-- A column goes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
