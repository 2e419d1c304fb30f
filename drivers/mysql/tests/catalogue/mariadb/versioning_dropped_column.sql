-- A column of a table with a history goes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int) WITH SYSTEM VERSIONING;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) WITH SYSTEM VERSIONING;
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
