-- Default, NOT NULL and checks of a domain.
-- current
CREATE DOMAIN d AS text CONSTRAINT one CHECK (VALUE <> '') CONSTRAINT two CHECK (length(VALUE) < 9);
CREATE TABLE t (a d);
-- desired
CREATE DOMAIN d AS text DEFAULT 'x' NOT NULL CONSTRAINT one CHECK (VALUE <> ' ') CONSTRAINT three CHECK (length(VALUE) < 99);
COMMENT ON DOMAIN d IS 'a domain';
CREATE TABLE t (a d);
-- rows
INSERT INTO t VALUES ('a');
-- kept
SELECT a::text FROM t
