-- Rows are valid for a time.
-- current
CREATE TABLE price (id int, since date NOT NULL, until date NOT NULL);
-- desired
CREATE TABLE price (id int, since date NOT NULL, until date NOT NULL, PERIOD FOR valid (since, until), CHECK (since < until), UNIQUE KEY uq (id, valid WITHOUT OVERLAPS));
