-- A text has other letters.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(20) CHARACTER SET latin1);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(20) CHARACTER SET utf8mb4);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
