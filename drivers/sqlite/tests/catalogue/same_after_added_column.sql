-- A column that was added stands where it would have been written.
-- current
CREATE TABLE t (a INT, b TEXT NOT NULL DEFAULT 'x', CHECK (a > 0)) STRICT;
-- same
CREATE TABLE t (a INT, CHECK (a > 0)) STRICT; ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'x';
