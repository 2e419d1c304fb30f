-- A primary key comes.
-- current
CREATE TABLE account (id int NOT NULL);
-- desired
CREATE TABLE account (id int NOT NULL, PRIMARY KEY (id));
-- rows
INSERT INTO account VALUES (1);
-- kept
SELECT * FROM account
