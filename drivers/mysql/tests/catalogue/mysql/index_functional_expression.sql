-- An index of another expression.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY ix ((a + 1)));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY ix ((a * 2)));
