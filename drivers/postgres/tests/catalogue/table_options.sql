-- Storage parameters of a table.
-- current
CREATE TABLE t (a text) WITH (fillfactor = 70, autovacuum_enabled = false);
-- desired
CREATE TABLE t (a text) WITH (fillfactor = 80, toast.autovacuum_enabled = false);
