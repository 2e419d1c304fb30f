-- An aggregate.
-- current

-- desired
CREATE FUNCTION add(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE AGGREGATE total(integer) (SFUNC = add, STYPE = integer, INITCOND = '0', PARALLEL = SAFE, COMBINEFUNC = add);
CREATE VIEW v AS SELECT total(n) FROM generate_series(1, 3) AS n;
COMMENT ON AGGREGATE total(integer) IS 'sum';
