-- A function changes.
-- current
CREATE FUNCTION f(x int) RETURNS int DETERMINISTIC RETURN x + 1;
-- desired
CREATE FUNCTION f(x varchar(20)) RETURNS varchar(40) CHARACTER SET latin1 NO SQL RETURN concat(x, 'é');
