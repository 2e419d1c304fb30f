-- A partition takes the rest of texts.
-- current
CREATE TABLE account (id int NOT NULL, year int NOT NULL, kind varchar(9) CHARACTER SET latin1 NOT NULL) PARTITION BY LIST COLUMNS (kind) (PARTITION p0 VALUES IN ('a'), PARTITION p1 DEFAULT);
-- desired
CREATE TABLE account (id int NOT NULL, year int NOT NULL, kind varchar(9) CHARACTER SET latin1 NOT NULL) PARTITION BY LIST COLUMNS (kind) (PARTITION p0 VALUES IN ('a', 'c'), PARTITION p1 DEFAULT);
-- rows
INSERT INTO account VALUES (1, 2020, 'a'), (2, 2021, 'b');
-- kept
SELECT * FROM account ORDER BY id
