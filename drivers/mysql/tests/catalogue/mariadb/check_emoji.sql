-- A check has letters of four bytes.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9) CHECK (a <> '😀'));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9) CHECK (a <> '🎉?'), CONSTRAINT ck CHECK (a <> '😀'));
