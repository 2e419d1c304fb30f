-- A column counts by itself.
-- current
CREATE TABLE account (id int NOT NULL PRIMARY KEY, name varchar(20));
-- desired
CREATE TABLE account (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
