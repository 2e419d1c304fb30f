-- Say what of a user was verified
--
-- limbeck:revision   6510c06b76b5
-- limbeck:revises    deb358b7f26f
-- limbeck:created    2026-11-21T10:24:00Z
-- limbeck:portable   1

-- limbeck:upgrade
ALTER TABLE user RENAME COLUMN verified TO email_verified;

-- limbeck:downgrade
ALTER TABLE user RENAME COLUMN email_verified TO verified;
