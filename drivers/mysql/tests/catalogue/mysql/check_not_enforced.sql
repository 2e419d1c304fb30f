-- A check is not enforced.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, CONSTRAINT ck CHECK (a > 0));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, CONSTRAINT ck CHECK (a > 0) NOT ENFORCED);
