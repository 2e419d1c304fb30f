-- A check with such a text, and a pattern.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(50));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(50), CONSTRAINT ck CHECK (a NOT LIKE '%it''s\\_%' AND a <> 'é'));
