-- A generated column always has a value.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int NOT NULL, a int AS (b + 1) STORED);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int NOT NULL, a int AS (b + 1) STORED NOT NULL);
