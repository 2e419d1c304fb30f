-- The index of a foreign key gets more columns.
-- current
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id), KEY ix (client));
-- desired
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id), KEY ix (client, id));
-- rows
INSERT INTO client (id) VALUES (1);
INSERT INTO orders (id, client) VALUES (1, 1);
-- kept
SELECT id, client FROM orders
