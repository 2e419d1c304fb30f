-- An index of the values of a document.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a json);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a json, KEY ix ((CAST(a->'$.x' AS UNSIGNED ARRAY))));
