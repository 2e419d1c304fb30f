-- A procedure changes.
-- current
DELIMITER //
CREATE PROCEDURE p(x int, OUT y varchar(9), INOUT z decimal(5,2) unsigned)
BEGIN
  SELECT x INTO y;
END//
DELIMITER ;
-- desired
DELIMITER //
CREATE PROCEDURE p(IN x int unsigned, `y y` enum('a','b') CHARACTER SET latin1)
  READS SQL DATA SQL SECURITY INVOKER COMMENT 'it''s 😀'
BEGIN
  SELECT 'what? 😀', 'it''s \\', _latin1'x'; # é
END//
DELIMITER ;
