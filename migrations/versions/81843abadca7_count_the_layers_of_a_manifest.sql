-- Count the layers of a manifest
--
-- limbeck:revision   81843abadca7
-- limbeck:revises    00a984685a21
-- limbeck:created    2026-11-21T10:27:00Z
-- limbeck:portable   1

-- limbeck:upgrade
ALTER TABLE manifest ADD COLUMN layer_count INTEGER DEFAULT 0 NOT NULL;

UPDATE manifest
SET layer_count = (SELECT count(*) FROM manifest_blob WHERE manifest_blob.manifest_id = manifest.id);

-- limbeck:downgrade
ALTER TABLE manifest DROP COLUMN layer_count;
