-- A table that comes and goes.
-- current

-- desired
CREATE TABLE account (id bigint PRIMARY KEY, email text);
