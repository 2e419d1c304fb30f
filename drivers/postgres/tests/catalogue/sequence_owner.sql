-- A sequence that belongs to a column, to another one, and to none.
-- current
CREATE TABLE t (a integer, b integer);
CREATE SEQUENCE s OWNED BY t.a;
CREATE SEQUENCE u;
CREATE SEQUENCE w OWNED BY t.b;
-- desired
CREATE TABLE t (a integer, b integer);
CREATE SEQUENCE s OWNED BY t.b;
CREATE SEQUENCE u OWNED BY t.a;
CREATE SEQUENCE w;
