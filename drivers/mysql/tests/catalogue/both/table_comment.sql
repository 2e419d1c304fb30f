-- What people read of a table changes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) COMMENT='it''s 😀?';
