-- A default is the present.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime DEFAULT CURRENT_TIMESTAMP);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
