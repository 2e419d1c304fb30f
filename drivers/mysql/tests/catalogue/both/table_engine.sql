-- A table is kept by another engine.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) ENGINE=MyISAM;
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
