-- A table is kept in memory, where an index is a hash.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), KEY ix (name));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), KEY ix (name), KEY tree (id, name) USING BTREE) ENGINE=MEMORY;
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
