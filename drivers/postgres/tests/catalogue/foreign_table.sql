-- A foreign table changes.
-- current
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE ft (a integer) SERVER files OPTIONS (filename '/dev/null');
CREATE VIEW v AS SELECT a FROM ft;
-- desired
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE ft (a integer, b text) SERVER files OPTIONS (filename '/dev/null', format 'csv');
CREATE VIEW v AS SELECT a FROM ft;
