-- Only the case of the letters of an index changes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY IX (a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY ix (a));
