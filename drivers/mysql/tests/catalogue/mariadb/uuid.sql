-- A type of MariaDB.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a char(36));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a uuid);
