-- Virtual tables come and go, and their shadow tables are nobody's.
-- current
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); CREATE VIRTUAL TABLE place USING rtree (id, x0, x1); CREATE VIRTUAL TABLE words USING fts5 (a, content = 't', content_rowid = 'id'); CREATE TRIGGER fill AFTER INSERT ON t BEGIN INSERT INTO words (rowid, a) VALUES (new.id, new.a); END;
-- desired
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL); CREATE VIRTUAL TABLE other USING fts5 (b); CREATE VIRTUAL TABLE words USING fts5 (a, content = 't', content_rowid = 'id'); CREATE TRIGGER fill AFTER INSERT ON t BEGIN INSERT INTO words (rowid, a) VALUES (new.id, new.a); END;
-- rows
INSERT INTO t VALUES (5, 'some words'), (7, 'others');
-- kept
SELECT rowid, a FROM words WHERE words MATCH 'words'
