-- A view goes with its table, and another stays.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TABLE other (a int);
CREATE VIEW v AS SELECT id FROM account;
CREATE VIEW w AS SELECT a FROM other;
-- desired
CREATE TABLE other (a int);
CREATE VIEW w AS SELECT a FROM other;
