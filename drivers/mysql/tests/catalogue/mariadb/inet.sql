-- Addresses.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a char(39));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a inet6);
