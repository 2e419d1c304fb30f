-- Nothing to do: public schema.
-- current
CREATE TABLE t (a integer);
-- same
SET search_path = pg_catalog;
CREATE TABLE public.t (a integer);
