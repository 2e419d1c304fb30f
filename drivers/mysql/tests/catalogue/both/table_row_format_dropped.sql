-- Rows are kept in the usual form.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8 STATS_PERSISTENT=0 MAX_ROWS=100;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
