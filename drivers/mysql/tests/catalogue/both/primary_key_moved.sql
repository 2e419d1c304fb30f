-- A primary key is on another column.
-- current
CREATE TABLE account (id int NOT NULL, other int NOT NULL, PRIMARY KEY (id));
-- desired
CREATE TABLE account (id int NOT NULL, other int NOT NULL, PRIMARY KEY (other));
-- rows
INSERT INTO account VALUES (1, 2);
-- kept
SELECT * FROM account
