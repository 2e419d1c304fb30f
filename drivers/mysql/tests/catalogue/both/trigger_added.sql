-- A trigger comes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TRIGGER tr BEFORE INSERT ON account FOR EACH ROW SET NEW.name = upper(NEW.name);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
