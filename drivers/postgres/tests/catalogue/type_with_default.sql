-- A default of the old type is in the way of the new one.
-- current
CREATE TABLE t (v text DEFAULT '1' NOT NULL, w boolean DEFAULT true);
-- desired
CREATE TABLE t (v integer DEFAULT 1 NOT NULL, w integer DEFAULT 1);
-- rows
INSERT INTO t DEFAULT VALUES;
-- kept
SELECT v::text, w::integer FROM t
