-- Nothing to do: check.
-- current
CREATE TABLE t (a integer, CONSTRAINT c CHECK (a BETWEEN 1 AND 5), CONSTRAINT d CHECK (a IN (1, 2)));
-- same
CREATE TABLE t (a int4, CONSTRAINT c CHECK (((a >= 1) AND (a <= 5))), CONSTRAINT d CHECK (a = ANY (ARRAY[1, 2])));
