-- An index in descending order.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY ix (a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY ix (a DESC));
