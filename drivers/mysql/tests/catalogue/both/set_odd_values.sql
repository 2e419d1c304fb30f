-- The same in a set.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a set('x'));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a set('x','it''s','a\\b') DEFAULT 'x,it''s');
