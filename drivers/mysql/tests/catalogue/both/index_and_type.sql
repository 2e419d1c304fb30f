-- An index goes on with a column that becomes long.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(100), KEY ix (a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a text, KEY ix (a(100)));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
