-- Values with quotes, backslashes, commas and letters of other alphabets.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a enum('x'));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a enum('x','it''s','a\\b','1,2','é','日本','','"q"') DEFAULT 'it''s');
