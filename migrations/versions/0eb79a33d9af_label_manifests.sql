-- Label manifests
--
-- limbeck:revision   0eb79a33d9af
-- limbeck:revises    a88b6b132181
-- limbeck:created    2026-11-21T10:14:00Z
-- limbeck:portable   1

-- limbeck:upgrade
CREATE TABLE manifest_label (
    manifest_id BIGINT NOT NULL REFERENCES manifest (id) ON DELETE CASCADE,
    label_id BIGINT NOT NULL REFERENCES label (id) ON DELETE CASCADE,
    repository_id BIGINT NOT NULL REFERENCES repository (id),
    PRIMARY KEY (manifest_id, label_id)
);

CREATE INDEX ix_manifest_label_label_id ON manifest_label (label_id);
CREATE INDEX ix_manifest_label_repository_id ON manifest_label (repository_id);

-- limbeck:downgrade
DROP TABLE manifest_label;
