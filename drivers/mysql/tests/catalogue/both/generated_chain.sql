-- What a generated column is made of is made in another way.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (b * 2) VIRTUAL, c int AS (a + 1) VIRTUAL, KEY ix (c));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (b * 2) STORED, c int AS (a + 1) VIRTUAL, KEY ix (c));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
