-- Nothing to do: index.
-- current
CREATE TABLE t (a text);
CREATE INDEX i ON t (a) WHERE a IS NOT NULL;
-- same
CREATE TABLE t (a text);
CREATE INDEX i ON public.t USING btree (a ASC NULLS LAST) WHERE (a IS NOT NULL);
