-- A column that counts goes, and another comes.
-- current
CREATE TABLE account (id int AUTO_INCREMENT PRIMARY KEY, name varchar(9));
-- desired
CREATE TABLE account (number bigint AUTO_INCREMENT, name varchar(9), UNIQUE KEY (number));
-- rows
INSERT INTO account (name) VALUES ('a');
-- kept
SELECT name FROM account
