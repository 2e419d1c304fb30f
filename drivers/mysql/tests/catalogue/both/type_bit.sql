-- A row of bits has another length.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a bit(4));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a bit(8));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
