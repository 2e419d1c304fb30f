-- Functions of the same name.
-- current
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- desired
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION f(VARIADIC text[]) RETURNS TABLE (a integer, b text) LANGUAGE sql AS 'SELECT 2, $1[1]';
CREATE PROCEDURE p(INOUT a integer) LANGUAGE plpgsql AS $$ BEGIN a := 1; END $$;
COMMENT ON FUNCTION f(text) IS 'two';
