-- A moment becomes more exact.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime(6));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
