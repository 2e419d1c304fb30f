-- Nothing to do: arrays.
-- current
CREATE TABLE t (a integer[], b text[][] DEFAULT '{}');
-- same
CREATE TABLE t (a integer ARRAY, b text[] DEFAULT '{}'::text[]);
