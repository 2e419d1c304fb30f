-- Only the case of the letters of a column changes.
-- current
CREATE TABLE account (Id int PRIMARY KEY, Name varchar(20), KEY ix (Name));
-- desired
CREATE TABLE account (id int PRIMARY KEY, name varchar(20), KEY ix (name));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
