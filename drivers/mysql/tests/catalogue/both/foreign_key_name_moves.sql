-- A foreign key of the same name is on another table.
-- current
CREATE TABLE client (id int PRIMARY KEY);
CREATE TABLE a (client int, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
CREATE TABLE b (client int);
-- desired
CREATE TABLE client (id int PRIMARY KEY);
CREATE TABLE a (client int);
CREATE TABLE b (client int, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
