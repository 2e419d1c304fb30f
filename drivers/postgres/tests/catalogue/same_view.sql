-- Nothing to do: view.
-- current
CREATE TABLE t (a integer);
CREATE VIEW v AS SELECT * FROM t WHERE a = 1 OR a = 2;
-- same
CREATE TABLE public.t (a integer);
CREATE VIEW v (a) AS SELECT t.a FROM t WHERE (t.a = 1) OR (t.a = 2);
