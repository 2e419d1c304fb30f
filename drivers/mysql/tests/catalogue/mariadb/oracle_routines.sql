-- Routines in the words of Oracle.
-- current

-- desired
SET sql_mode = 'ORACLE';
DELIMITER //
CREATE PROCEDURE p(x IN int, y OUT varchar2(10)) AS
BEGIN
  SELECT x INTO y;
END//
CREATE FUNCTION f(x int) RETURN int DETERMINISTIC AS BEGIN RETURN x; END//
DELIMITER ;
