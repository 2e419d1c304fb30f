-- A text becomes a document.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a longtext);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a json);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
