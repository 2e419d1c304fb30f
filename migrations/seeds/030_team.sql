-- The teams. A revision has made the roles, and their numbers are the database's own.
-- limbeck:seed once
INSERT INTO team (id, organization_id, role_id, name, description)
SELECT 1, 1, id, 'owners', 'They decide who may push' FROM team_role WHERE name = 'admin';
INSERT INTO team (id, organization_id, role_id, name, description)
SELECT 2, 1, id, 'platform', 'Everything that others build on' FROM team_role WHERE name = 'creator';
INSERT INTO team (id, organization_id, role_id, name, description)
SELECT 3, 1, id, 'readers', NULL FROM team_role WHERE name = 'member';
INSERT INTO team (id, organization_id, role_id, name, description)
SELECT 4, 2, id, 'owners', NULL FROM team_role WHERE name = 'admin';
INSERT INTO team (id, organization_id, role_id, name, description)
SELECT 5, 2, id, 'security', 'Scanners and their findings' FROM team_role WHERE name = 'creator';
INSERT INTO team (id, organization_id, role_id, name, description)
SELECT 6, 3, id, 'maintainers', 'The images that all others begin with' FROM team_role WHERE name = 'admin';
-- limbeck:assert SELECT id FROM team WHERE role_id IS NULL
