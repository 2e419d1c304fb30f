-- A foreign key of two columns.
-- current

-- desired
CREATE TABLE client (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE orders (x int, y int, FOREIGN KEY (x, y) REFERENCES client (a, b) ON UPDATE CASCADE);
