-- A trigger reads its text under other rules.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TRIGGER tr BEFORE INSERT ON account FOR EACH ROW SET NEW.name = 'a';
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
SET sql_mode = 'ANSI_QUOTES';
CREATE TRIGGER tr BEFORE INSERT ON account FOR EACH ROW SET NEW."name" = 'a';
