-- A document is a text with a check.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a json);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin);
