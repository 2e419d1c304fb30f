-- A default is a number with a sign.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a decimal(5,2) DEFAULT 0);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a decimal(5,2) DEFAULT -1.5);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
