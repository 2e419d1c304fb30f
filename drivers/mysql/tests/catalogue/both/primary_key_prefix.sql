-- A primary key keeps some letters.
-- current
CREATE TABLE account (id varchar(200), PRIMARY KEY (id));
-- desired
CREATE TABLE account (id varchar(200), PRIMARY KEY (id(20)));
