-- Columns change places.
-- current
CREATE TABLE account (id int PRIMARY KEY, a int, b int, c int, d int);
-- desired
CREATE TABLE account (d int, b int, id int PRIMARY KEY, c int, a int);
-- rows
INSERT INTO account (id, a, b, c, d) VALUES (1, 2, 3, 4, 5);
-- kept
SELECT id, a, b, c, d FROM account
