-- What people read of a table goes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) COMMENT='one';
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
