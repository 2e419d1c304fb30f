-- A number with as many digits as it has anyway.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a float(53));
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a double);
