-- A foreign key goes with its column.
-- current
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
-- desired
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY);
