-- Many foreign keys lead to a table whose key becomes larger.
-- current
CREATE TABLE c (id int PRIMARY KEY);
CREATE TABLE a (x int, y int, CONSTRAINT ax FOREIGN KEY (x) REFERENCES c (id), CONSTRAINT ay FOREIGN KEY (y) REFERENCES c (id));
CREATE TABLE b (x int, CONSTRAINT bx FOREIGN KEY (x) REFERENCES c (id));
-- desired
CREATE TABLE c (id bigint unsigned PRIMARY KEY);
CREATE TABLE a (x bigint unsigned, y bigint unsigned, CONSTRAINT ax FOREIGN KEY (x) REFERENCES c (id), CONSTRAINT ay FOREIGN KEY (y) REFERENCES c (id));
CREATE TABLE b (x bigint unsigned, CONSTRAINT bx FOREIGN KEY (x) REFERENCES c (id));
-- rows
INSERT INTO c VALUES (1);
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1);
-- kept
SELECT a.x, a.y, b.x FROM a, b
