-- Give builds room and rules
--
-- limbeck:revision   7d9e1f3a5c2b
-- limbeck:revises    ecd1ac05e101
-- limbeck:created    2026-11-28T15:20:00Z
-- limbeck:portable   1

-- limbeck:upgrade
ALTER TABLE repository_build
    ALTER COLUMN phase SET DATA TYPE ENUM(
        'waiting', 'pulling', 'building', 'pushing', 'complete', 'error', 'cancelled', 'expired'
    ),
    ALTER COLUMN display_name SET DATA TYPE VARCHAR(400),
    ALTER COLUMN display_name SET DEFAULT '',
    ALTER COLUMN logs_archived SET DEFAULT TRUE,
    ALTER COLUMN started_at DROP DEFAULT,
    ADD COLUMN finished_at TIMESTAMP WITH TIME ZONE,
    ADD CONSTRAINT ck_repository_build_finished_at CHECK (finished_at IS NULL OR finished_at >= started_at);

-- limbeck:downgrade
-- There is no such phase any more; nobody works on these builds.
UPDATE repository_build SET phase = 'cancelled' WHERE phase = 'expired';
ALTER TABLE repository_build DROP CONSTRAINT ck_repository_build_finished_at;
ALTER TABLE repository_build DROP COLUMN finished_at;
-- The type comes with it: where a column does not keep its time zone, the default would be in that of the server.
ALTER TABLE repository_build
    ALTER COLUMN started_at SET DATA TYPE TIMESTAMP WITH TIME ZONE,
    ALTER COLUMN started_at SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE repository_build ALTER COLUMN logs_archived SET DEFAULT FALSE;
ALTER TABLE repository_build ALTER COLUMN display_name DROP DEFAULT;
ALTER TABLE repository_build ALTER COLUMN display_name SET DATA TYPE VARCHAR(255);
ALTER TABLE repository_build ALTER COLUMN phase SET DATA TYPE ENUM('waiting', 'pulling', 'building', 'pushing', 'complete', 'error', 'cancelled');
