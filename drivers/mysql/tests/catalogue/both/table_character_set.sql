-- A table and its columns have other letters.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), note text, kind enum('ä','b')) CHARACTER SET latin1;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), note text, kind enum('ä','b')) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
