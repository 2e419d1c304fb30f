-- A view takes only rows that it shows.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT id FROM account WHERE id > 1;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT id FROM account WHERE id > 1 WITH CASCADED CHECK OPTION;
