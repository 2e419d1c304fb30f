-- A default has letters of four bytes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9) DEFAULT '😀');
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9) DEFAULT '🎉');
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
