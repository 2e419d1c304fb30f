-- A table comes.
-- current

-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
