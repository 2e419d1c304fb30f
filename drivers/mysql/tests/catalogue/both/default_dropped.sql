-- A default goes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9) DEFAULT 'x');
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
