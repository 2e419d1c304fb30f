-- A view calls a function.
-- current

-- desired
CREATE FUNCTION twice(x int) RETURNS int DETERMINISTIC RETURN x * 2;
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT twice(id) AS x FROM account;
