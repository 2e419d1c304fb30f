-- A view gives its columns other names.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT id, name FROM account;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v (a, b) AS SELECT id, name FROM account;
