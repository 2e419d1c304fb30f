-- A view counts with a sequence.
-- current

-- desired
CREATE SEQUENCE z;
CREATE VIEW a AS SELECT nextval(z) AS n;
