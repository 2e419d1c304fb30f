-- A view with windows, cases and groups.
-- current

-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT name, count(*) AS n, row_number() OVER (ORDER BY name) AS r, CASE WHEN max(id) > 5 THEN 'many' ELSE 'few' END AS k FROM account GROUP BY name HAVING count(*) > 1 ORDER BY name DESC LIMIT 10;
