-- Fill in the team roles
--
-- They come before the first team, so that no team refers to them when a downgrade takes them away.
--
-- limbeck:revision   c267f95ac2b4
-- limbeck:revises    d8e8163eeb68
-- limbeck:created    2026-11-21T09:54:00Z
-- limbeck:portable   1

-- limbeck:upgrade
INSERT INTO team_role (name) VALUES ('member'), ('creator'), ('admin');

-- limbeck:downgrade
DELETE FROM team_role WHERE name IN ('member', 'creator', 'admin');
