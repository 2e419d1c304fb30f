-- Digits are given, where they were those of the server.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a decimal);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a decimal(12,2));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
