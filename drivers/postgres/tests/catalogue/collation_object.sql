-- A collation of our own.
-- current

-- desired
CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE t (a text COLLATE nocase);
COMMENT ON COLLATION nocase IS 'without case';
