-- Foreign data.
-- current

-- desired
CREATE EXTENSION postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost', dbname 'it''s');
CREATE USER MAPPING FOR public SERVER far OPTIONS (user 'me', password 'secret');
CREATE FOREIGN TABLE ft (a integer OPTIONS (column_name 'x'), b text NOT NULL) SERVER far OPTIONS (table_name 't');
