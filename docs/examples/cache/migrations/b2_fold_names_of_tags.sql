-- Fold the names of tags
--
-- limbeck:revision b2
-- limbeck:revises  a1
-- limbeck:created  2026-11-22T07:00:00Z
-- limbeck:portable 1
-- limbeck:irreversible the names as they were are not kept

-- limbeck:upgrade
UPDATE tag SET name = lower(name);
