-- The query of a view is written in another way.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS SELECT id FROM account WHERE id=1;
-- same
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20));
CREATE VIEW v AS select  `account`.`id` AS `id`
from `account` where (`account`.`id` = 1);
