-- A column of the primary key goes.
-- current
CREATE TABLE account (id int, tenant int, PRIMARY KEY (tenant, id));
-- desired
CREATE TABLE account (id int, PRIMARY KEY (id));
-- rows
INSERT INTO account VALUES (1, 1), (2, 1);
-- kept
SELECT id FROM account ORDER BY id
