-- Tables come and go.
-- current
CREATE TABLE one (id INTEGER PRIMARY KEY); CREATE INDEX i ON one (id);
-- desired
CREATE TABLE two (id INTEGER PRIMARY KEY); CREATE INDEX i ON two (id);
