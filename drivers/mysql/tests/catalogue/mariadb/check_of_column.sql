-- A check stands with its column.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int CHECK (a > 0));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int CHECK (a > 1), b int CHECK (b > a));
