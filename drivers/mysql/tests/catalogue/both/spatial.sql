-- An index searches for places.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a point NOT NULL);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a point NOT NULL, SPATIAL KEY ix (a));
