-- The table of a sequence goes, and the sequence stays.
-- current
CREATE TABLE t (a serial);
-- desired
CREATE SEQUENCE t_a_seq AS integer;
