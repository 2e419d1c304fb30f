-- A push of today, and entries of the log before it moved.
INSERT INTO manifest (id, repository_id, digest, media_type, manifest_bytes) VALUES
    (10, 2, 'sha256:03', 'application/vnd.oci.image.manifest.v1+json',
        '{"schemaVersion": 2, "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 702},
        "layers": [{"size": 32654}, {"size": 16724}]}');
INSERT INTO manifest_blob (repository_id, manifest_id, blob_id) VALUES (2, 10, 1), (2, 10, 2);
INSERT INTO tag (repository_id, manifest_id, name, lifetime_start_ms) VALUES (2, 10, 'stable', 1700000000000);
INSERT INTO log_entry (kind, account_id, performer_id, repository_id, occurred_at, metadata) VALUES
    ('push_repo', 1, 2, 1, '2026-11-21 08:00:00', '{"tag": "latest"}'),
    ('delete_tag', 1, 1, NULL, '2026-11-21 08:01:00', '{}');
