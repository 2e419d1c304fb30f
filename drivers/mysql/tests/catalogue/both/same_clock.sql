-- Other words for the present.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime DEFAULT now(), b timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3));
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime DEFAULT CURRENT_TIMESTAMP, b timestamp(3) NULL DEFAULT now(3));
