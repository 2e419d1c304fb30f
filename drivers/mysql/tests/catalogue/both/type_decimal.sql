-- A number gets other digits.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a decimal(10,2));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a decimal(12,4));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
