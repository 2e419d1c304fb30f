-- A history is divided.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) WITH SYSTEM VERSIONING;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20)) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME LIMIT 1000 (PARTITION p0 HISTORY, PARTITION p1 HISTORY, PARTITION pn CURRENT);
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
