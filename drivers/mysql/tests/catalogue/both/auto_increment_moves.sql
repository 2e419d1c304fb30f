-- Another column counts by itself.
-- current
CREATE TABLE account (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, number int NOT NULL, KEY (number));
-- desired
CREATE TABLE account (id int NOT NULL PRIMARY KEY, number int NOT NULL AUTO_INCREMENT, KEY (number));
-- rows
INSERT INTO account VALUES (1, 5);
-- kept
SELECT * FROM account
