-- Clean up, in ways that nobody can follow
--
-- limbeck:revision d4
-- limbeck:revises  c3
-- limbeck:created  2026-11-24T07:00:00Z
-- limbeck:irreversible it only tidies

-- limbeck:upgrade sqlite
SELECT count(*) FROM repository;
