-- Carry the tags of images over to manifests
--
-- limbeck:revision   08fd45fb9e81
-- limbeck:revises    5b1838d9def5
-- limbeck:created    2026-11-21T10:16:00Z
-- limbeck:portable   1

-- limbeck:upgrade
-- One manifest for each digest in a repository; its text is the same wherever the digest is.
INSERT INTO manifest (repository_id, digest, media_type, manifest_bytes)
SELECT
    repository_tag.repository_id,
    tag_manifest.digest,
    'application/vnd.docker.distribution.manifest.v1+prettyjws',
    min(tag_manifest.json_data)
FROM tag_manifest
JOIN repository_tag ON repository_tag.id = tag_manifest.tag_id
WHERE NOT EXISTS (
    SELECT 1 FROM manifest
    WHERE manifest.repository_id = repository_tag.repository_id AND manifest.digest = tag_manifest.digest
)
GROUP BY repository_tag.repository_id, tag_manifest.digest;

INSERT INTO tag (repository_id, manifest_id, name, lifetime_start_ms, lifetime_end_ms, hidden)
SELECT
    repository_tag.repository_id,
    manifest.id,
    repository_tag.name,
    repository_tag.lifetime_start * 1000,
    repository_tag.lifetime_end * 1000,
    repository_tag.hidden
FROM repository_tag
JOIN tag_manifest ON tag_manifest.tag_id = repository_tag.id
JOIN manifest ON manifest.repository_id = repository_tag.repository_id AND manifest.digest = tag_manifest.digest;

-- limbeck:assert SELECT id FROM tag WHERE manifest_id IS NULL

-- limbeck:downgrade
-- Tags that were pushed since stay: only those that an image's tag stands for are taken back.
DELETE FROM tag
WHERE EXISTS (
    SELECT 1 FROM repository_tag
    JOIN tag_manifest ON tag_manifest.tag_id = repository_tag.id
    WHERE repository_tag.repository_id = tag.repository_id
        AND repository_tag.name = tag.name
        AND repository_tag.lifetime_start * 1000 = tag.lifetime_start_ms
);

DELETE FROM manifest
WHERE NOT EXISTS (SELECT 1 FROM tag WHERE tag.manifest_id = manifest.id)
    AND EXISTS (
        SELECT 1 FROM tag_manifest
        JOIN repository_tag ON repository_tag.id = tag_manifest.tag_id
        WHERE repository_tag.repository_id = manifest.repository_id AND tag_manifest.digest = manifest.digest
    );
