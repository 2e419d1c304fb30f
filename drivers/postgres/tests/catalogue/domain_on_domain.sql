-- A domain over a domain.
-- current

-- desired
CREATE DOMAIN a AS integer;
CREATE DOMAIN b AS a CHECK (VALUE > 0);
CREATE TABLE t (v b, w b[]);
