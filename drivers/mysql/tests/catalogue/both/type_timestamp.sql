-- A moment of the session becomes one of no place.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a timestamp NULL);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
