-- Bring the audit log and the registry together
--
-- limbeck:revision   987609ae82b9
-- limbeck:revises    4572ea6f8e45, 01191433ea80
-- limbeck:created    2026-11-21T10:22:00Z
-- limbeck:portable   1

-- limbeck:upgrade

-- limbeck:downgrade
