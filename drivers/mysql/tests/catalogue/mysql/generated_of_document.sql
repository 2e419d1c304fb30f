-- An index of a value in a document.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a json);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a json, x varchar(20) AS (json_unquote(json_extract(a, '$.x'))) VIRTUAL, KEY ix (x));
