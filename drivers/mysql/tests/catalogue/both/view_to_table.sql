-- A table takes the name of a view.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT id FROM account;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TABLE v (id int);
