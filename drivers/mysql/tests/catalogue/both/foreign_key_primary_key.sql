-- What a foreign key leads to gets more columns.
-- current
CREATE TABLE client (id int NOT NULL, PRIMARY KEY (id));
CREATE TABLE orders (id int PRIMARY KEY, client int, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
-- desired
CREATE TABLE client (id int NOT NULL, tenant int NOT NULL, PRIMARY KEY (tenant, id));
CREATE TABLE orders (id int PRIMARY KEY, client int, tenant int, CONSTRAINT fk FOREIGN KEY (tenant, client) REFERENCES client (tenant, id));
