-- Rows of a small registry as they were before manifests had tags.
INSERT INTO user (id, uuid, username, email) VALUES
    (1, 'b2e4f3a0-0001-4000-8000-000000000001', 'ada', 'ada@example.org'),
    (2, 'b2e4f3a0-0001-4000-8000-000000000002', 'ada+builder', 'builder@example.org');
INSERT INTO federated_login (user_id, service, service_ident, metadata) VALUES (1, 'github', '4711', '{"login": "ada"}');
INSERT INTO organization (id, name) VALUES (1, 'engines');
INSERT INTO organization_member (organization_id, user_id) VALUES (1, 1);
INSERT INTO team (id, organization_id, role_id, name)
SELECT 1, 1, id, 'owners' FROM team_role WHERE name = 'admin';
INSERT INTO team_member (team_id, user_id) VALUES (1, 1);
INSERT INTO repository (id, organization_id, name, visibility) VALUES (1, 1, 'mill', 'public'), (2, 1, 'store', 'private');
INSERT INTO repository_permission (repository_id, user_id, role) VALUES (1, 2, 'write');
INSERT INTO repository_permission (repository_id, team_id, role) VALUES (1, 1, 'admin');
INSERT INTO star (user_id, repository_id) VALUES (1, 2);
INSERT INTO image_storage (id, uuid, content_checksum, image_size, uploading) VALUES
    (1, 'b2e4f3a0-0002-4000-8000-000000000001', 'sha256:aa', 32654, FALSE),
    (2, 'b2e4f3a0-0002-4000-8000-000000000002', 'sha256:bb', 16724, FALSE);
INSERT INTO image (id, repository_id, docker_image_id, parent_id, storage_id, ancestors) VALUES
    (1, 1, 'aa11', NULL, 1, '/'),
    (2, 1, 'bb22', 1, 2, '/1/');
INSERT INTO repository_tag (id, repository_id, image_id, name, lifetime_start, lifetime_end) VALUES
    (1, 1, 1, 'latest', 1600000000, 1600000100),
    (2, 1, 2, 'latest', 1600000100, NULL),
    (3, 1, 2, 'v1', 1600000100, NULL);
INSERT INTO tag_manifest (tag_id, digest, json_data) VALUES
    (1, 'sha256:01', '{"schemaVersion": 1, "fsLayers": [{"blobSum": "sha256:aa"}]}'),
    (2, 'sha256:02', '{"schemaVersion": 1, "fsLayers": [{"blobSum": "sha256:bb"}, {"blobSum": "sha256:aa"}]}'),
    (3, 'sha256:02', '{"schemaVersion": 1, "fsLayers": [{"blobSum": "sha256:bb"}, {"blobSum": "sha256:aa"}]}');
INSERT INTO notification (uuid, user_id, kind, metadata) VALUES
    ('b2e4f3a0-0003-4000-8000-000000000001', 1, 'build_error', '{}');
