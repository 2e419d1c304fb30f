-- Comments are kept where a table is made, and do not count.
-- current
CREATE TABLE t ( -- the table
    a INT, -- the first; not the last
    b TEXT /* why */ DEFAULT '--'
);
-- desired
CREATE TABLE t ( -- the table, later
    a INT NOT NULL, -- the first
    b TEXT DEFAULT '--' -- no end
);
-- rows
INSERT INTO t (a) VALUES (1);
-- kept
SELECT * FROM t
