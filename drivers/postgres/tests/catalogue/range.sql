-- A range type.
-- current
CREATE TYPE span AS RANGE (subtype = real);
-- desired
CREATE TYPE span AS RANGE (subtype = double precision, subtype_diff = float8mi);
CREATE TABLE t (s span);
