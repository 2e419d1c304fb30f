-- A column that refers to another table.
-- current
CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY);
-- desired
CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INT REFERENCES p (id) ON DELETE CASCADE);
-- rows
INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);
-- kept
SELECT p.id, c.id FROM p, c
