-- A column that counts by itself has its own key.
-- current
CREATE TABLE account (id int NOT NULL AUTO_INCREMENT, PRIMARY KEY (id));
-- desired
CREATE TABLE account (id int NOT NULL AUTO_INCREMENT, UNIQUE KEY uq (id));
-- rows
INSERT INTO account VALUES (1);
-- kept
SELECT * FROM account
