-- A table with the columns of a type.
-- current

-- desired
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t OF pair;
