-- Other words for keys.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b int, KEY x (a), UNIQUE INDEX y (b));
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b int, INDEX x (a) USING BTREE, CONSTRAINT y UNIQUE KEY (b));
