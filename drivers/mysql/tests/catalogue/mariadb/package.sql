-- A package.
-- current

-- desired
SET sql_mode = 'ORACLE';
DELIMITER //
CREATE PACKAGE tools AS
  FUNCTION one RETURN int;
END//
CREATE PACKAGE BODY tools AS
  FUNCTION one RETURN int AS BEGIN RETURN 1; END;
END//
DELIMITER ;
