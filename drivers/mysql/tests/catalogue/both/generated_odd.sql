-- A generated column with such a text.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a varchar(50) AS (concat('it''s', '\\', 'é', b)) STORED);
