-- A view is made in a table of its own.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT id FROM account;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE ALGORITHM=TEMPTABLE VIEW v AS SELECT id FROM account;
