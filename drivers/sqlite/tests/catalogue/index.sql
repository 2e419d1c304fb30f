-- Indexes: columns, order, uniqueness, collations, expressions and filters.
-- current
CREATE TABLE t (a INT, b TEXT); CREATE INDEX one ON t (a); CREATE INDEX two ON t (a, b); CREATE INDEX three ON t (a); CREATE INDEX four ON t (b); CREATE INDEX five ON t (lower(b)); CREATE INDEX six ON t (a) WHERE b IS NULL; CREATE INDEX seven ON t (a);
-- desired
CREATE TABLE t (a INT, b TEXT); CREATE INDEX one ON t (a DESC); CREATE INDEX two ON t (b, a); CREATE UNIQUE INDEX three ON t (a); CREATE INDEX four ON t (b COLLATE NOCASE); CREATE INDEX five ON t (upper(b)); CREATE INDEX six ON t (a) WHERE b IS NOT NULL; CREATE INDEX eight ON t (a);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, NULL);
-- kept
SELECT * FROM t ORDER BY a
