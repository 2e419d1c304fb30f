-- A moment that need not have a value.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a timestamp NULL);
