-- A default is bytes, zeros among them.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varbinary(9) DEFAULT x'00ff');
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varbinary(9) DEFAULT x'41ff00');
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
