-- Other words for generated columns.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int GENERATED ALWAYS AS (b+1) VIRTUAL);
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a int AS (`b` + 1));
