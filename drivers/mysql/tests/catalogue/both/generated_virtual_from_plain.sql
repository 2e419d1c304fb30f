-- A column is generated and not kept that was plain.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int, KEY ix (a), KEY other (b, a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (b * 2) VIRTUAL, KEY ix (a), KEY other (b, a));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
