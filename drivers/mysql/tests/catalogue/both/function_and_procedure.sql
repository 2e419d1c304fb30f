-- A function and a procedure share a name.
-- current

-- desired
CREATE FUNCTION p() RETURNS int NO SQL RETURN 1;
CREATE PROCEDURE p() SELECT 1;
