-- NOT NULL comes and goes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, email text);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, email text NOT NULL);
-- rows
INSERT INTO account VALUES (1, 'a@example.org');
-- kept
SELECT * FROM account
