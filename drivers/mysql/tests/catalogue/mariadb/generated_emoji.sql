-- A generated column has letters of four bytes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), b int, a varchar(9) AS (concat(b, '😀')) STORED);
