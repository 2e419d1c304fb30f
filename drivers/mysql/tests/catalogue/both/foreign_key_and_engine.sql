-- A table leaves the engine that has foreign keys.
-- current
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint, CONSTRAINT fk FOREIGN KEY (client) REFERENCES client (id));
-- desired
CREATE TABLE client (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, client bigint) ENGINE=MyISAM;
