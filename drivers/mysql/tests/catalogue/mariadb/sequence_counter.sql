-- How far a sequence has counted is no difference.
-- current
CREATE SEQUENCE s;
SELECT nextval(s);
-- same
CREATE SEQUENCE s;
