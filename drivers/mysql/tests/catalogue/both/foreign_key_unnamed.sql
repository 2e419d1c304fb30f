-- A foreign key without a name leads elsewhere.
-- current
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, FOREIGN KEY (client) REFERENCES client (id));
CREATE TABLE other (id bigint PRIMARY KEY);
-- desired
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE other (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, FOREIGN KEY (client) REFERENCES other (id));
