-- A trigger has several statements.
-- current

-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
DELIMITER //
CREATE TRIGGER tr AFTER UPDATE ON account FOR EACH ROW BEGIN
  -- what?
  IF NEW.id > 1 THEN
    SET @x = 1;
  END IF;
END//
DELIMITER ;
