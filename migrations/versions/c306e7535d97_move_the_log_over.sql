-- Move the log over
--
-- limbeck:revision   c306e7535d97
-- limbeck:revises    bd45fa115c24
-- limbeck:created    2026-11-21T10:20:00Z
-- limbeck:portable   1

-- limbeck:upgrade
INSERT INTO log_entry_2 (kind, account_id, performer_id, repository_id, occurred_at, ip, metadata)
SELECT kind, account_id, performer_id, repository_id, occurred_at, ip, metadata
FROM log_entry
ORDER BY id;

DELETE FROM log_entry;

-- limbeck:downgrade
-- The old table refers to users and repositories; who or what is gone becomes NULL there.
INSERT INTO log_entry (kind, account_id, performer_id, repository_id, occurred_at, ip, metadata)
SELECT
    log_entry_2.kind,
    account.id,
    performer.id,
    repository.id,
    log_entry_2.occurred_at,
    log_entry_2.ip,
    log_entry_2.metadata
FROM log_entry_2
LEFT JOIN user AS account ON account.id = log_entry_2.account_id
LEFT JOIN user AS performer ON performer.id = log_entry_2.performer_id
LEFT JOIN repository ON repository.id = log_entry_2.repository_id
ORDER BY log_entry_2.id;

DELETE FROM log_entry_2;
