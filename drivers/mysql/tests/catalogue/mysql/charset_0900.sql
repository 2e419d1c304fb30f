-- A text is compared as MySQL 8 does.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9) COLLATE utf8mb4_0900_ai_ci);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9) COLLATE utf8mb4_0900_as_cs);
