-- Describe the team roles
--
-- limbeck:revision   963a40dacacb
-- limbeck:revises    6510c06b76b5
-- limbeck:created    2026-11-21T10:25:00Z
-- limbeck:portable   1

-- limbeck:upgrade
ALTER TABLE team_role ADD COLUMN description VARCHAR(255) DEFAULT '' NOT NULL;

UPDATE team_role SET description = 'Uses what the team was given' WHERE name = 'member';
UPDATE team_role SET description = 'Also creates repositories in the organization' WHERE name = 'creator';
UPDATE team_role SET description = 'Also manages members, teams and billing' WHERE name = 'admin';

-- limbeck:downgrade
ALTER TABLE team_role DROP COLUMN description;
