-- A column that need not have a value.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int NULL DEFAULT NULL);
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int);
