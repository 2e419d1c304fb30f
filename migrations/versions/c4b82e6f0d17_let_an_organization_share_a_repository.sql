-- Let an organization share a repository
--
-- Between public and private: whoever is in the organization sees it.
--
-- limbeck:revision   c4b82e6f0d17
-- limbeck:revises    7d9e1f3a5c2b
-- limbeck:created    2026-11-28T15:24:00Z
-- limbeck:portable   1

-- limbeck:upgrade
ALTER TABLE repository
    ALTER COLUMN visibility SET DATA TYPE ENUM('public', 'internal', 'private'),
    ADD COLUMN state ENUM('normal', 'read_only', 'mirror') DEFAULT 'normal' NOT NULL;

CREATE INDEX ix_repository_state ON repository (state);

-- limbeck:downgrade
-- Nobody sees a repository who was not to see it.
UPDATE repository SET visibility = 'private' WHERE visibility = 'internal';
DROP INDEX ix_repository_state;
ALTER TABLE repository DROP COLUMN state;
ALTER TABLE repository ALTER COLUMN visibility SET DATA TYPE ENUM('public', 'private');
