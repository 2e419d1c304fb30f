-- Strings of a view are of other letters than its session.
-- current

-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT _latin1'x' AS a, 'it''s \\ \n' AS b, x'4142' AS c, _binary'a' AS d FROM account;
