-- A foreign key leads to values that are there once.
-- current
CREATE TABLE client (id bigint PRIMARY KEY, code bigint, UNIQUE KEY uq (code));
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
-- desired
CREATE TABLE client (id bigint PRIMARY KEY, code bigint, UNIQUE KEY uq (code));
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (code));
