-- When a unique constraint is looked at.
-- current
CREATE TABLE t (a integer CONSTRAINT u UNIQUE, b integer CONSTRAINT w UNIQUE DEFERRABLE);
-- desired
CREATE TABLE t (a integer CONSTRAINT u UNIQUE DEFERRABLE INITIALLY DEFERRED, b integer CONSTRAINT w UNIQUE);
