-- Numbers as texts.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a decimal(9,2) DEFAULT '0', b boolean DEFAULT true, c int DEFAULT '5');
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a decimal(9,2) DEFAULT 0, b tinyint(1) DEFAULT 1, c int DEFAULT 5);
