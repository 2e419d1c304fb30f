-- A default is the present, to the microsecond.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime(6));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime(6) DEFAULT CURRENT_TIMESTAMP(6));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
