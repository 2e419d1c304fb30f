-- A view gives up a column that goes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int);
CREATE VIEW v AS SELECT id, a FROM account;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT id FROM account;
