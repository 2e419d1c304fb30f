-- A check stands with its column.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int CHECK (a > 0));
