-- Keep the full name of a repository
--
-- Pulls name a repository as organization/name; the search for it should not join.
--
-- limbeck:revision   00a984685a21
-- limbeck:revises    963a40dacacb
-- limbeck:created    2026-11-21T10:26:00Z
-- limbeck:portable   1

-- limbeck:upgrade
ALTER TABLE repository ADD COLUMN full_name VARCHAR(511);

UPDATE repository
SET full_name = (
    SELECT organization.name || '/' || repository.name
    FROM organization
    WHERE organization.id = repository.organization_id
);

CREATE UNIQUE INDEX uq_repository_full_name ON repository (full_name);

-- limbeck:downgrade
DROP INDEX uq_repository_full_name;

ALTER TABLE repository DROP COLUMN full_name;
