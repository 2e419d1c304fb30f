-- Values of an enumeration come and go.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a enum('x','y'));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a enum('x','z','y'));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
