-- Columns come, go, change and move at once.
-- current
CREATE TABLE account (id int PRIMARY KEY, a int, b int, c int, d int);
-- desired
CREATE TABLE account (e int, d bigint, a int, f int, id int PRIMARY KEY, b int NOT NULL);
-- rows
INSERT INTO account (id, a, b, c, d) VALUES (1, 2, 3, 4, 5);
-- kept
SELECT id, a, b, d FROM account
