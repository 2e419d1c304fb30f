-- What people read of a column changes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int COMMENT 'one');
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int COMMENT 'it''s "two" \\ 100%');
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
