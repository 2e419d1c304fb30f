-- An index of an expression.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b varchar(9));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b varchar(9), KEY ix ((a + 1) DESC, (concat(b, 'é😀'))));
