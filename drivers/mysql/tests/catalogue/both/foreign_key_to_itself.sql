-- A table leads to itself.
-- current
CREATE TABLE node (id int PRIMARY KEY, parent int);
-- desired
CREATE TABLE node (id bigint PRIMARY KEY, parent bigint, CONSTRAINT up FOREIGN KEY (parent) REFERENCES node (id) ON DELETE SET NULL);
-- rows
INSERT INTO node VALUES (1, NULL), (2, 1);
-- kept
SELECT * FROM node ORDER BY id
