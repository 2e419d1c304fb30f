-- A view stays over a column that changes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT id, name FROM account;
-- desired
CREATE TABLE account (id int PRIMARY KEY, name varchar(50));
CREATE VIEW v AS SELECT id, name FROM account;
