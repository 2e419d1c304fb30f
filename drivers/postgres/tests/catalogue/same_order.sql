-- Nothing to do: order.
-- current
CREATE TABLE a (x integer);
CREATE TABLE b (x integer);
CREATE INDEX i ON a (x);
CREATE INDEX j ON a (x);
-- same
CREATE TABLE b (x integer);
CREATE TABLE a (x integer);
CREATE INDEX j ON a (x);
CREATE INDEX i ON a (x);
