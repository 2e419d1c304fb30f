-- An index of an expression goes with its column.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b int, KEY ix ((a + b)));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, KEY ix ((b + 1)));
