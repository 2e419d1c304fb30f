-- A truth becomes a small number.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a boolean);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a smallint);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
