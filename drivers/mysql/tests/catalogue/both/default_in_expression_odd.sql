-- A default that is an expression with such a text.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(50));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(50) DEFAULT (concat('it''s', '\\', 'é', '\n')));
