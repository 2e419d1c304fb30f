-- Pages are compressed.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int);
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a int) PAGE_COMPRESSED=1 PAGE_COMPRESSION_LEVEL=3;
