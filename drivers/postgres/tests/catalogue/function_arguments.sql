-- Names and defaults of arguments.
-- current
CREATE FUNCTION f(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION g(a integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
-- desired
CREATE FUNCTION f(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION g(x integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
