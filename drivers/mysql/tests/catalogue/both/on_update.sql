-- A moment is that of the last change.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime(3));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
