-- Rows that referred to a table stay when it goes.
-- current
CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INT REFERENCES p ON DELETE CASCADE);
-- desired
CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INT);
-- rows
INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1);
-- kept
SELECT id, p_id FROM c
