-- A moment is only that of the last change.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime(6));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime(6) ON UPDATE CURRENT_TIMESTAMP(6));
