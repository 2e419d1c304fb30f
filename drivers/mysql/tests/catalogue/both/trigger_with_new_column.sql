-- A trigger uses a column that comes, and one that goes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int);
CREATE TRIGGER tr BEFORE INSERT ON account FOR EACH ROW SET NEW.a = 1;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int);
CREATE TRIGGER tr BEFORE INSERT ON account FOR EACH ROW SET NEW.b = 1;
