-- A table with a history changes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) WITH SYSTEM VERSIONING;
-- desired
CREATE TABLE account (id int PRIMARY KEY, name varchar(20), a int) WITH SYSTEM VERSIONING;
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
