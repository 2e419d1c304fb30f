-- Views of views change from below.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW z AS SELECT id FROM account;
CREATE VIEW a AS SELECT id FROM z;
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW z AS SELECT id, name FROM account;
CREATE VIEW a AS SELECT id, name FROM z;
