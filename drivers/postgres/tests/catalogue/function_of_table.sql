-- Functions that read tables which come with them.
-- current

-- desired
CREATE TABLE t (a integer);
CREATE FUNCTION a_first() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW z AS SELECT * FROM a_first();
CREATE FUNCTION a_second() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM z';
CREATE FUNCTION a_third() RETURNS integer LANGUAGE plpgsql AS $$ DECLARE r t%ROWTYPE; BEGIN RETURN 1; END $$;
