-- Other words for the same types.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a integer, b dec(5,2), c boolean, d character varying(9), e double precision);
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int, b decimal(5,2), c tinyint(1), d varchar(9), e double);
