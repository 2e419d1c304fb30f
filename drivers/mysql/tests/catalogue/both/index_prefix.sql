-- An index keeps fewer letters.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(200), KEY ix (a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(200), KEY ix (a(10)));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
