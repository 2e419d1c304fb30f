-- A foreign key does something else.
-- current
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
-- desired
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id) ON DELETE CASCADE ON UPDATE SET NULL);
-- rows
INSERT INTO client (id) VALUES (1);
INSERT INTO orders (id, client) VALUES (1, 1);
-- kept
SELECT id, client FROM orders
