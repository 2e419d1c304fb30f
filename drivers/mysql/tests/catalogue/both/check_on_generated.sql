-- A check is on a column that is made anew.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (b * 2) VIRTUAL, CONSTRAINT ck CHECK (a > 0));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (b * 2) STORED, CONSTRAINT ck CHECK (a > 0));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
