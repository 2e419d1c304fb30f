-- The key and the partitions change at once.
-- current
CREATE TABLE account (id int NOT NULL, year int NOT NULL, PRIMARY KEY (id, year)) PARTITION BY RANGE (year) (PARTITION p0 VALUES LESS THAN MAXVALUE);
-- desired
CREATE TABLE account (id int NOT NULL, year int NOT NULL, PRIMARY KEY (id)) PARTITION BY HASH (id) PARTITIONS 2;
-- rows
INSERT INTO account VALUES (1, 2);
-- kept
SELECT * FROM account
