-- A default is not the present but a moment after it.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime DEFAULT CURRENT_TIMESTAMP);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime DEFAULT (CURRENT_TIMESTAMP + INTERVAL 1 DAY));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
