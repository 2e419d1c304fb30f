-- Tell robots from people
--
-- limbeck:revision   deb358b7f26f
-- limbeck:revises    987609ae82b9
-- limbeck:created    2026-11-21T10:23:00Z
-- limbeck:portable   1

-- limbeck:upgrade
ALTER TABLE user ADD COLUMN robot BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE user ADD COLUMN enabled BOOLEAN DEFAULT TRUE NOT NULL;
ALTER TABLE user ADD COLUMN last_accessed_at TIMESTAMP WITH TIME ZONE;

-- A robot's name has always been that of its owner, a plus sign and a name of its own.
UPDATE user SET robot = TRUE WHERE instr(username, '+') > 0;

CREATE INDEX ix_user_last_accessed_at ON user (last_accessed_at);

-- limbeck:downgrade
DROP INDEX ix_user_last_accessed_at;

ALTER TABLE user DROP COLUMN last_accessed_at;
ALTER TABLE user DROP COLUMN enabled;
ALTER TABLE user DROP COLUMN robot;
