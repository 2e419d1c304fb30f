-- A trigger is on another table.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TABLE other (id int);
CREATE TRIGGER tr BEFORE INSERT ON account FOR EACH ROW SET @x = 1;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TABLE other (id int);
CREATE TRIGGER tr AFTER DELETE ON other FOR EACH ROW SET @x = 1;
