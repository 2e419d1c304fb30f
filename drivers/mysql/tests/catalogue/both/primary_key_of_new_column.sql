-- A primary key comes with its column.
-- current
CREATE TABLE account (name varchar(9));
-- desired
CREATE TABLE account (id int AUTO_INCREMENT PRIMARY KEY, name varchar(9));
-- rows
INSERT INTO account VALUES ('a'), ('b');
-- kept
SELECT name FROM account ORDER BY name
