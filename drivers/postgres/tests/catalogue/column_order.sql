-- The order of columns is no difference.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, email text);
-- same
CREATE TABLE account (email text, id bigint PRIMARY KEY);
