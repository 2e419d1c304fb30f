-- Triggers run in another order.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TRIGGER a BEFORE INSERT ON account FOR EACH ROW SET @a = 1;
CREATE TRIGGER b BEFORE INSERT ON account FOR EACH ROW SET @b = 1;
CREATE TRIGGER c BEFORE INSERT ON account FOR EACH ROW SET @c = 1;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TRIGGER c BEFORE INSERT ON account FOR EACH ROW SET @c = 1;
CREATE TRIGGER b BEFORE INSERT ON account FOR EACH ROW SET @b = 1;
CREATE TRIGGER a BEFORE INSERT ON account FOR EACH ROW SET @a = 1;
