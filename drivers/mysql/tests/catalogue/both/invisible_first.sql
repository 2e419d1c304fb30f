-- A hidden column with a default comes first.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int INVISIBLE DEFAULT 5 COMMENT 'x');
