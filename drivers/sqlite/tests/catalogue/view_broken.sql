-- A view of something that is not there is in nobody's way.
-- current
CREATE TABLE t (a INT); CREATE VIEW v AS SELECT x FROM nowhere; CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO nowhere VALUES (1); END;
-- desired
CREATE TABLE t (a INT NOT NULL); CREATE VIEW v AS SELECT x FROM nowhere; CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO nowhere VALUES (1); END;
