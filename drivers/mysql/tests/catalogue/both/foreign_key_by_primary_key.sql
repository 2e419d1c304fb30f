-- A foreign key has the primary key for its index.
-- current
CREATE TABLE client (id int PRIMARY KEY);
CREATE TABLE orders (client int, id int, PRIMARY KEY (client, id), CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
-- desired
CREATE TABLE client (id int PRIMARY KEY);
CREATE TABLE orders (client int, id int, PRIMARY KEY (id, client), KEY ix (client), CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
-- rows
INSERT INTO client VALUES (1);
INSERT INTO orders VALUES (1, 2);
-- kept
SELECT * FROM orders
