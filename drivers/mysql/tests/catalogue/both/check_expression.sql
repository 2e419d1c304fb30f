-- A check has another expression.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9), CONSTRAINT ck CHECK (a <> 'x'));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9), CONSTRAINT ck CHECK (a <> 'it''s é \\'));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
