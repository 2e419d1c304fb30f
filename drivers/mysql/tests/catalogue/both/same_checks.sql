-- Other words for a check.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, CONSTRAINT ck CHECK (a>0 AND (a<5)));
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, CONSTRAINT ck CHECK ( (a > 0) and `a` < 5 ));
