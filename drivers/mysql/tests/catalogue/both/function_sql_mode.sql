-- A function reads its text under other rules.
-- current
CREATE FUNCTION f() RETURNS varchar(9) NO SQL RETURN 'a';
-- desired
SET sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES';
CREATE FUNCTION f() RETURNS varchar(9) NO SQL RETURN 'a';
