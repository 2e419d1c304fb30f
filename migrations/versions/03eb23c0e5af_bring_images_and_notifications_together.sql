-- Bring images and notifications together
--
-- Manifests build on both lines.
--
-- limbeck:revision   03eb23c0e5af
-- limbeck:revises    69a6c1ca01df, 5eba0aa99795
-- limbeck:created    2026-11-21T10:06:00Z
-- limbeck:portable   1

-- limbeck:upgrade

-- limbeck:downgrade
