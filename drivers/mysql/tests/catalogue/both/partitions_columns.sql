-- Bounds of several columns.
-- current
CREATE TABLE account (id int NOT NULL, year int NOT NULL, kind varchar(9) CHARACTER SET latin1 NOT NULL) PARTITION BY RANGE COLUMNS (year, id) (PARTITION p0 VALUES LESS THAN (2021, 5), PARTITION p1 VALUES LESS THAN (MAXVALUE, MAXVALUE));
-- desired
CREATE TABLE account (id int NOT NULL, year int NOT NULL, kind varchar(9) CHARACTER SET latin1 NOT NULL) PARTITION BY LIST COLUMNS (kind) (PARTITION p0 VALUES IN ('a', 'it''s'), PARTITION p1 VALUES IN ('b'));
-- rows
INSERT INTO account VALUES (1, 2020, 'a'), (2, 2021, 'b');
-- kept
SELECT * FROM account ORDER BY id
