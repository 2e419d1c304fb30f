-- A check goes with one of its columns.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b int, CONSTRAINT ck CHECK (a > b));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, CONSTRAINT ck CHECK (b > 0));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
