-- Two indexes change their names.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b int, KEY x (a), KEY y (b));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b int, KEY x (b), KEY y (a));
