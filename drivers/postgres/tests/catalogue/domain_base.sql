-- The type below a domain.
-- current
CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE TABLE t (a d DEFAULT 5, b integer);
CREATE VIEW v AS SELECT a FROM t;
-- desired
CREATE DOMAIN d AS bigint CHECK (VALUE > 0);
CREATE TABLE t (a d DEFAULT 5, b integer);
CREATE VIEW v AS SELECT a FROM t;
-- rows
INSERT INTO t VALUES (1, 2);
-- kept
SELECT a::bigint, b FROM t
