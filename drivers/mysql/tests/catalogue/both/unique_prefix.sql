-- Values whose first letters are there once.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(100), UNIQUE KEY uq (a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(100), UNIQUE KEY uq (a(5)));
