-- Strings of a trigger are of other letters than its session.
-- current

-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE TRIGGER tr BEFORE INSERT ON account FOR EACH ROW SET NEW.name = concat(_latin1'x', 'it''s', "\\n");
