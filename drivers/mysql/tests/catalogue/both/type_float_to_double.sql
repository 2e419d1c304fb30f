-- A number becomes more exact.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a float);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a double);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
