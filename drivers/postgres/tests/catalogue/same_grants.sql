-- Nothing to do: grants.
-- current
CREATE TABLE t (a integer);
-- same
CREATE TABLE t (a integer);
GRANT SELECT ON t TO PUBLIC;
