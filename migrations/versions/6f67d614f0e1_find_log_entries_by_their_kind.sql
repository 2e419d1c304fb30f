-- Find log entries by their kind
--
-- limbeck:revision   6f67d614f0e1
-- limbeck:revises    2134b777be31
-- limbeck:created    2026-11-21T10:31:00Z
-- limbeck:portable   1

-- limbeck:upgrade
CREATE INDEX ix_log_entry_2_kind ON log_entry_2 (kind, occurred_at);
CREATE INDEX ix_log_entry_3_kind ON log_entry_3 (kind, occurred_at DESC);

-- limbeck:downgrade
DROP INDEX ix_log_entry_3_kind;
DROP INDEX ix_log_entry_2_kind;
