-- A trigger moves to another table, which is new.
-- current
CREATE TABLE t (a INT); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;
-- desired
CREATE TABLE t (a INT); CREATE TABLE u (a INT); CREATE TRIGGER g AFTER INSERT ON u BEGIN SELECT 1; END;
