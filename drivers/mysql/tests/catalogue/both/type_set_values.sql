-- Values of a set come.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a set('x','y'));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a set('x','y','z'));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
