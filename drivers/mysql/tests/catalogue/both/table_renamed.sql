-- A table of another name is another table.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
-- desired
CREATE TABLE client (id bigint PRIMARY KEY, name varchar(20));
