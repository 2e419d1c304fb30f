-- Nothing to do: sequence count.
-- current
CREATE SEQUENCE s;
-- same
CREATE SEQUENCE s;
SELECT nextval('s'), nextval('s');
