-- The triggers of a table are there again after it is made anew, and have not fired.
-- current
CREATE TABLE t (a INT); CREATE TABLE log (a INT); CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END; CREATE TRIGGER d AFTER DELETE ON t BEGIN INSERT INTO log VALUES (-1); END;
-- desired
CREATE TABLE t (a INT NOT NULL); CREATE TABLE log (a INT); CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END; CREATE TRIGGER d AFTER DELETE ON t BEGIN INSERT INTO log VALUES (-1); END;
-- rows
INSERT INTO t VALUES (1);
-- kept
SELECT t.a, log.a FROM t, log
