-- Comments on a table and its parts.
-- current
CREATE TABLE t (a integer CONSTRAINT k CHECK (a > 0), b integer);
COMMENT ON TABLE t IS 'one';
COMMENT ON COLUMN t.a IS 'one';
COMMENT ON COLUMN t.b IS 'goes';
-- desired
CREATE TABLE t (a integer CONSTRAINT k CHECK (a > 0), c integer);
COMMENT ON TABLE t IS E'it''s \\ "two"\nlines';
COMMENT ON CONSTRAINT k ON t IS 'two';
COMMENT ON COLUMN t.c IS 'comes';
