-- Both ends of a foreign key change their type.
-- current
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES parent ON DELETE CASCADE);
CREATE INDEX child_parent ON child (parent);
-- desired
CREATE TABLE parent (id text PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY, parent text NOT NULL REFERENCES parent ON DELETE CASCADE);
CREATE INDEX child_parent ON child (parent);
-- rows
INSERT INTO parent VALUES (1); INSERT INTO child VALUES (7, 1);
-- kept
SELECT id, parent::text FROM child
