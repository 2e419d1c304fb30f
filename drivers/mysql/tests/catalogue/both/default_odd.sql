-- Defaults with ends of lines and signs.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(50), b varchar(50));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(50) DEFAULT 'one\ntwo\ttab\\', b varchar(50) DEFAULT 'é 日本 %_');
