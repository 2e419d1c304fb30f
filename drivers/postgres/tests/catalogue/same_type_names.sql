-- Nothing to do: type names.
-- current
CREATE TABLE t (a int, b int8, c bool, d varchar, e decimal(5), f float, g char, h timestamptz, i float4);
-- same
CREATE TABLE t (a integer, b bigint, c boolean, d character varying, e numeric(5,0), f double precision, g character(1), h timestamp with time zone, i real);
