-- An index of a generated column.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (b * 2) VIRTUAL, KEY ix (a));
