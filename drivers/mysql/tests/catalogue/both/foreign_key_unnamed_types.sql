-- The columns of a foreign key without a name become larger on both sides.
-- current
CREATE TABLE client (id int PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client int, FOREIGN KEY (client) REFERENCES client (id));
-- desired
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, FOREIGN KEY (client) REFERENCES client (id));
-- rows
INSERT INTO client (id) VALUES (1);
INSERT INTO orders (id, client) VALUES (1, 1);
-- kept
SELECT id, client FROM orders
