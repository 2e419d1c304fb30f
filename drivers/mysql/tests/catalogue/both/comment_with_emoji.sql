-- A comment has letters of four bytes, of which the servers keep question marks.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int COMMENT '😀');
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int COMMENT '🎉 what?');
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
