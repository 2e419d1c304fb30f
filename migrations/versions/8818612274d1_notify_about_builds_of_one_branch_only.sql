-- Notify about builds of one branch only
--
-- Without a branch, a notification is about all builds. Its table is of another line, hence the dependency.
--
-- limbeck:revision   8818612274d1
-- limbeck:revises    98dc584d29a6
-- limbeck:depends_on cf5342c8cb5a
-- limbeck:created    2026-11-21T10:09:00Z
-- limbeck:portable   1

-- limbeck:upgrade
ALTER TABLE repository_notification ADD COLUMN build_branch VARCHAR(255);

-- limbeck:downgrade
ALTER TABLE repository_notification DROP COLUMN build_branch;
