-- A name that changes is a column that goes and another one that comes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, email text);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, mail text);
-- rows
INSERT INTO account VALUES (1, NULL);
-- kept
SELECT id FROM account
