-- Say what the log tables are for
--
-- limbeck:revision   ecd1ac05e101
-- limbeck:revises    6f67d614f0e1
-- limbeck:created    2026-11-21T10:32:00Z
-- limbeck:portable   1

-- limbeck:upgrade
COMMENT ON TABLE log_entry IS 'Entries before the log outlived users; empty since they were moved';
COMMENT ON TABLE log_entry_2 IS 'Entries that are kept until their retention period ends';
COMMENT ON TABLE log_entry_3 IS 'Entries of today, read from the newest';
COMMENT ON COLUMN repository_tag.lifetime_end IS 'Seconds since 1970; NULL: still going on';
COMMENT ON COLUMN tag.lifetime_end_ms IS 'Milliseconds since 1970; NULL: still going on';

-- limbeck:downgrade
COMMENT ON COLUMN tag.lifetime_end_ms IS NULL;
COMMENT ON COLUMN repository_tag.lifetime_end IS NULL;
COMMENT ON TABLE log_entry_3 IS NULL;
COMMENT ON TABLE log_entry_2 IS NULL;
COMMENT ON TABLE log_entry IS NULL;
