-- A comment of several lines.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int COMMENT 'one\ntwo; -- three \\ ''four''');
