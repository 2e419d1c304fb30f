-- How a column is compressed.
-- needs 14
-- current
CREATE TABLE t (a text, b text COMPRESSION pglz);
-- desired
CREATE TABLE t (a text COMPRESSION pglz, b text);
