-- A table is divided.
-- current
CREATE TABLE account (id int NOT NULL, year int NOT NULL, kind varchar(9) CHARACTER SET latin1 NOT NULL);
-- desired
CREATE TABLE account (id int NOT NULL, year int NOT NULL, kind varchar(9) CHARACTER SET latin1 NOT NULL) PARTITION BY RANGE (year) (PARTITION old VALUES LESS THAN (2021), PARTITION new VALUES LESS THAN MAXVALUE);
-- rows
INSERT INTO account VALUES (1, 2020, 'a'), (2, 2021, 'b');
-- kept
SELECT * FROM account ORDER BY id
