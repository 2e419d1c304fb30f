-- Texts that lead to each other have other letters.
-- current
CREATE TABLE client (code varchar(9) CHARACTER SET latin1 PRIMARY KEY);
CREATE TABLE orders (client varchar(9) CHARACTER SET latin1, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (code));
-- desired
CREATE TABLE client (code varchar(9) CHARACTER SET utf8mb4 PRIMARY KEY);
CREATE TABLE orders (client varchar(9) CHARACTER SET utf8mb4, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (code));
-- rows
INSERT INTO client VALUES ('é');
INSERT INTO orders VALUES ('é');
-- kept
SELECT * FROM orders
