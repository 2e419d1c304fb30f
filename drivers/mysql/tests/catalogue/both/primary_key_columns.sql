-- A primary key has more columns.
-- current
CREATE TABLE account (id int, other int NOT NULL, PRIMARY KEY (id));
-- desired
CREATE TABLE account (id int, other int NOT NULL, PRIMARY KEY (other, id));
-- rows
INSERT INTO account VALUES (1, 2);
-- kept
SELECT * FROM account
