-- A table in a view has another name.
-- current

-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT a.id, b.name FROM account a LEFT JOIN account AS b ON b.id = a.id + 1;
