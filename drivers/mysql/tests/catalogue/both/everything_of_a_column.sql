-- Everything about a column changes at once.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int DEFAULT 5 COMMENT 'x', b int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a varchar(9) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'y' COMMENT 'z');
