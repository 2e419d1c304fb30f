-- A trigger does something else.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TRIGGER tr BEFORE INSERT ON account FOR EACH ROW SET NEW.name = upper(NEW.name);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TRIGGER tr BEFORE INSERT ON account FOR EACH ROW SET NEW.name = 'it''s é 😀';
