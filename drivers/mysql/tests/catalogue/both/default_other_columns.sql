-- A default is made of another column.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a bigint);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a bigint DEFAULT (id + 1));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
