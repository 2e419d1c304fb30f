-- Bring builds and manifests together
--
-- limbeck:revision   4572ea6f8e45
-- limbeck:revises    08fd45fb9e81, 8818612274d1
-- limbeck:created    2026-11-21T10:17:00Z
-- limbeck:portable   1

-- limbeck:upgrade

-- limbeck:downgrade
