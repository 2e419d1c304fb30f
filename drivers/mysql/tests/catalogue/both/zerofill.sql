-- A number is shown with zeros.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int(8) unsigned zerofill);
