-- Rows are kept in another form.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) ROW_FORMAT=COMPACT;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) ROW_FORMAT=DYNAMIC STATS_PERSISTENT=1;
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
