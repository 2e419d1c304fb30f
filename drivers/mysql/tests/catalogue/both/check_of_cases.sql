-- A check with cases, lists and times.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9), b date);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a varchar(9), b date, CONSTRAINT ck CHECK (CASE WHEN a IN ('x', 'y') THEN 1 ELSE 2 END = 1 OR b > DATE '2020-01-01' AND b NOT BETWEEN '2020-01-01' AND '2021-01-01' OR b IS NULL));
