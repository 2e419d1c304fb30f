-- Rows are spread.
-- current
CREATE TABLE account (id int NOT NULL, year int NOT NULL, kind varchar(9) CHARACTER SET latin1 NOT NULL) PARTITION BY HASH (id) PARTITIONS 3;
-- desired
CREATE TABLE account (id int NOT NULL, year int NOT NULL, kind varchar(9) CHARACTER SET latin1 NOT NULL) PARTITION BY LINEAR KEY (id, year) PARTITIONS 4;
-- rows
INSERT INTO account VALUES (1, 2020, 'a'), (2, 2021, 'b');
-- kept
SELECT * FROM account ORDER BY id
