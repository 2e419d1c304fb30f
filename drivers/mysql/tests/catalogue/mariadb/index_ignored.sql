-- An index that no query uses.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY ix (a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY ix (a) IGNORED);
