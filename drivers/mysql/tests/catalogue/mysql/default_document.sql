-- A document has a default.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a json);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a json DEFAULT (JSON_ARRAY()));
