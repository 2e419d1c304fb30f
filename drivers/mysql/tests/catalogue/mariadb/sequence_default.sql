-- A column counts with a sequence.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
-- desired
CREATE SEQUENCE s;
CREATE TABLE account (id bigint DEFAULT (NEXT VALUE FOR s) PRIMARY KEY, name varchar(20));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
