-- What a foreign key leads to has another name.
-- current
CREATE TABLE client (id bigint PRIMARY KEY, code bigint, UNIQUE KEY uq (code));
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (code));
-- desired
CREATE TABLE client (id bigint PRIMARY KEY, code bigint, UNIQUE KEY uq_code (code));
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (code));
