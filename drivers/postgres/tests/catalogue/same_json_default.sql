-- Nothing to do: json default.
-- current
CREATE TABLE t (a json DEFAULT '{}', b jsonb DEFAULT '[]'::jsonb);
-- same
CREATE TABLE t (a json DEFAULT '{}'::json, b jsonb DEFAULT '[]');
