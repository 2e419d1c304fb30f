-- A text of one length becomes one of any.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a char(5));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(5));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
