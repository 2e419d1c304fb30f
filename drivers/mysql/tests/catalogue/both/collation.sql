-- A text is compared in another way.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
