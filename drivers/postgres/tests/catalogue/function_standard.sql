-- A body that the server looks into.
-- needs 14
-- current
CREATE TABLE t (a integer, b integer);
CREATE FUNCTION f() RETURNS integer BEGIN ATOMIC SELECT max(a) FROM t; END;
-- desired
CREATE TABLE t (a bigint, b integer);
CREATE FUNCTION f() RETURNS bigint BEGIN ATOMIC SELECT max(a) FROM t; SELECT 2; END;
