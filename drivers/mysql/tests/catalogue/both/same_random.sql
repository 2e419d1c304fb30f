-- An expression that never gives the same.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a float DEFAULT (rand()));
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a float DEFAULT (RAND()));
