-- Storage parameters of the index of a constraint.
-- current
CREATE TABLE t (a integer CONSTRAINT u UNIQUE WITH (fillfactor = 70), b integer PRIMARY KEY);
-- desired
CREATE TABLE t (a integer CONSTRAINT u UNIQUE, b integer PRIMARY KEY WITH (fillfactor = 50));
