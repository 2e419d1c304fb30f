-- A column must have a value, and another need not.
-- current
CREATE TABLE account (id int PRIMARY KEY, a int NOT NULL, b int);
-- desired
CREATE TABLE account (id int PRIMARY KEY, a int, b int NOT NULL);
-- rows
INSERT INTO account VALUES (1, 2, 3);
-- kept
SELECT * FROM account
