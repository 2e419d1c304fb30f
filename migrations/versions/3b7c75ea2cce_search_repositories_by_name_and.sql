-- Search repositories by name and description
--
-- MySQL and MariaDB also index the words of the description; elsewhere the search service does.
--
-- limbeck:revision   3b7c75ea2cce
-- limbeck:revises    1c0de031b5ca
-- limbeck:created    2026-11-21T10:29:00Z
-- limbeck:portable   1

-- limbeck:upgrade
CREATE INDEX ix_repository_name ON repository (name);

-- limbeck:upgrade mysql
-- limbeck:touches -
-- What the columns are does not change with this index, so the table is known all the same.
CREATE FULLTEXT INDEX ft_repository_description ON repository (description);

-- limbeck:downgrade mysql
-- limbeck:touches -
DROP INDEX ft_repository_description ON repository;

-- limbeck:downgrade
DROP INDEX ix_repository_name;
