-- A foreign key goes with the table that it leads to.
-- current
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
-- desired
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint);
