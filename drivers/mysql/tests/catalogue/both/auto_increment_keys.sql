-- A column that counts by itself changes from one of its keys to another.
-- current
CREATE TABLE account (id int AUTO_INCREMENT, a int, KEY one (id), KEY two (id, a));
-- desired
CREATE TABLE account (id int AUTO_INCREMENT, a int, KEY two (id, a), KEY three (a));
