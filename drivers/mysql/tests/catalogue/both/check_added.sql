-- A check comes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, CONSTRAINT ck CHECK (a > 0));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
