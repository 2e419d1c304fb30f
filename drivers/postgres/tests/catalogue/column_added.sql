-- Columns at the end and in the middle.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, email text);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, born date, email text, seen timestamptz DEFAULT now());
-- rows
INSERT INTO account VALUES (1, 'a@example.org'), (2, NULL);
-- kept
SELECT id, email FROM account ORDER BY id
