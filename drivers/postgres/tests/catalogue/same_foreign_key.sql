-- Nothing to do: foreign key.
-- current
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE c (a integer REFERENCES t);
-- same
CREATE TABLE t (id integer, PRIMARY KEY (id));
CREATE TABLE c (a integer);
ALTER TABLE c ADD CONSTRAINT c_a_fkey FOREIGN KEY (a) REFERENCES t (id) MATCH SIMPLE ON DELETE NO ACTION ON UPDATE NO ACTION NOT DEFERRABLE;
