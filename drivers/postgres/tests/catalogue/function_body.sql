-- The body of a function.
-- current
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';
-- desired
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 SET work_mem = '1MB' AS $$ SELECT a + 2 -- $1; it's
$$;
