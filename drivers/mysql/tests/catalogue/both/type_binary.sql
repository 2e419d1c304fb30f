-- Bytes have another length.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varbinary(10));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varbinary(20));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
