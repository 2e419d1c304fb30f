-- A trigger and a procedure in the words of MariaDB.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
DELIMITER //
CREATE PROCEDURE p()
BEGIN
  FOR i IN 1..3 DO SELECT i; END FOR;
END//
DELIMITER ;
