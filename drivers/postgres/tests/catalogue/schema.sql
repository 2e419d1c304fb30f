-- Objects in several schemas with the same names.
-- current
CREATE SCHEMA app;
CREATE TABLE app.t (a integer);
CREATE TABLE t (a integer);
-- desired
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('x');
CREATE TABLE app.t (a integer, m app.mood DEFAULT 'x');
CREATE INDEX t_a ON app.t (a);
CREATE TABLE t (a bigint, m app.mood);
CREATE VIEW app.v AS SELECT t.a, o.m FROM t JOIN app.t AS o USING (a);
COMMENT ON SCHEMA app IS 'the application';
-- rows
INSERT INTO app.t VALUES (1);
-- kept
SELECT a FROM app.t
