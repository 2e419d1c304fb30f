-- An expression has letters of four bytes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9) DEFAULT (concat('é', '😀')));
