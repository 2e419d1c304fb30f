-- A moment is no more that of the last change.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime DEFAULT CURRENT_TIMESTAMP);
