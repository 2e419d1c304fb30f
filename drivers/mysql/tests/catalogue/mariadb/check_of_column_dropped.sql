-- A check goes with its column.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int CHECK (a > 0), b int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int);
