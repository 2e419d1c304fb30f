-- The column of a foreign key becomes generated.
-- current
CREATE TABLE client (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, base int, client int, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
-- desired
CREATE TABLE client (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, base int, client int AS (base + 0) STORED, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
