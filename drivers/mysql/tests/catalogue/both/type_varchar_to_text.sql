-- A text of some length becomes one of any.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(20));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a text);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
