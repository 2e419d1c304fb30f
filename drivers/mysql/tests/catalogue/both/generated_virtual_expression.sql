-- A column that is not kept is generated from another expression.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a varchar(9) AS (concat(b, 'é')) VIRTUAL);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a varchar(9) AS (concat(b, 'x')) VIRTUAL);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
