-- The width of a number says nothing.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int(11), b bigint(20) unsigned);
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b bigint unsigned);
