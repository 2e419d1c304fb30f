-- What people read of an index changes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY ix (a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, KEY ix (a) COMMENT 'it''s 😀');
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
