-- A view has queries of its own.
-- current

-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS WITH x AS (SELECT id FROM account UNION SELECT 5) SELECT id FROM x WHERE id IN (SELECT id FROM account);
