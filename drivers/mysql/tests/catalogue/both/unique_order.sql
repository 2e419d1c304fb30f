-- Columns of values that are there once have another order.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b int, UNIQUE KEY uq (a, b));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b int, UNIQUE KEY uq (b, a));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
