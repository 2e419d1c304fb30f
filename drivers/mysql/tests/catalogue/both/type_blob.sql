-- Bytes of more sizes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a tinyblob);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a longblob);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
