-- Use the same word for failed builds everywhere
--
-- limbeck:revision   2134b777be31
-- limbeck:revises    3b7c75ea2cce
-- limbeck:created    2026-11-21T10:30:00Z
-- limbeck:portable   1

-- limbeck:upgrade
UPDATE notification SET kind = 'build_failure' WHERE kind = 'build_error';
UPDATE repository_notification SET event = 'build_failure' WHERE event = 'build_error';

-- limbeck:downgrade
UPDATE notification SET kind = 'build_error' WHERE kind = 'build_failure';
UPDATE repository_notification SET event = 'build_error' WHERE event = 'build_failure';
