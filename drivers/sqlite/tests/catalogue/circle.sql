-- Two tables that refer to each other are both made anew.
-- current
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INT REFERENCES b ON DELETE CASCADE, x TEXT); CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INT REFERENCES a ON DELETE CASCADE, x TEXT);
-- desired
CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT, b_id INT REFERENCES b ON DELETE CASCADE); CREATE TABLE b (id INTEGER PRIMARY KEY, x TEXT, a_id INT REFERENCES a ON DELETE CASCADE);
-- rows
INSERT INTO a VALUES (1, NULL, 'x'); INSERT INTO b VALUES (1, 1, 'y'); UPDATE a SET b_id = 1;
-- kept
SELECT a.id, a.b_id, a.x, b.id, b.a_id, b.x FROM a, b
