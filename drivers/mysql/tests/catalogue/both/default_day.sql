-- A default is a day.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a date);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a date DEFAULT '2026-01-31');
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
