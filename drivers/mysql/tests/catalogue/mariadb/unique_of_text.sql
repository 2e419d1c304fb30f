-- Long texts are there once.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a text);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a text, UNIQUE KEY uq (a));
