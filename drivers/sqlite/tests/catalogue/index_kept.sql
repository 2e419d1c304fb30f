-- Indexes stand aside while their table is made anew, and a new one is on a new column.
-- current
CREATE TABLE t (a INT, b TEXT); CREATE UNIQUE INDEX one ON t (a DESC, b COLLATE NOCASE) WHERE a > 0; CREATE INDEX two ON t (lower(b));
-- desired
CREATE TABLE t (a INT NOT NULL, b TEXT, c INT); CREATE UNIQUE INDEX one ON t (a DESC, b COLLATE NOCASE) WHERE a > 0; CREATE INDEX two ON t (lower(b)); CREATE INDEX three ON t (c);
-- rows
INSERT INTO t (a, b) VALUES (1, 'x');
-- kept
SELECT a, b FROM t
