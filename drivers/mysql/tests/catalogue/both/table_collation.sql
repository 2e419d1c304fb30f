-- New columns of a table are compared in another way, and the old ones as before.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin) CHARACTER SET latin1;
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
