-- A cast and an operator of our own.
-- current

-- desired
CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION sum(pair) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1.a + $1.b';
CREATE CAST (pair AS integer) WITH FUNCTION sum(pair) AS ASSIGNMENT;
CREATE FUNCTION less(pair, pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT sum($1) < sum($2)';
CREATE OPERATOR <<< (FUNCTION = less, LEFTARG = pair, RIGHTARG = pair);
CREATE TABLE t (p pair, q pair, CHECK (p <<< q));
