-- A view takes the name of a table, and a table that of a view.
-- current
CREATE TABLE one (a INT); CREATE VIEW two AS SELECT 1 AS a;
-- desired
CREATE TABLE two (a INT); CREATE VIEW one AS SELECT a FROM two;
