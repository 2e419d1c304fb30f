-- The type of a member that no column has.
-- current
CREATE TYPE pair AS (a integer, b text);
CREATE FUNCTION f(p pair) RETURNS integer LANGUAGE sql AS 'SELECT ($1).a::integer';
-- desired
CREATE TYPE pair AS (a bigint, b text);
CREATE FUNCTION f(p pair) RETURNS integer LANGUAGE sql AS 'SELECT ($1).a::integer';
