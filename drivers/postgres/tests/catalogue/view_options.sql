-- Options of a view.
-- current
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t;
-- desired
CREATE TABLE t (a integer, b text, c date);
CREATE VIEW v WITH (check_option = cascaded) AS SELECT a FROM t WHERE a > 0;
ALTER VIEW v ALTER a SET DEFAULT 3;
COMMENT ON COLUMN v.a IS 'a number';
