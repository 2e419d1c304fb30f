-- A point becomes any shape.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a point);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a geometry);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
