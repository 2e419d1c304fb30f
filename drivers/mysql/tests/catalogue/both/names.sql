-- Names with quotes, blanks, dots, capitals and letters of other alphabets, and reserved words.
-- current

-- desired
CREATE TABLE `or``der` (`sel ect` int PRIMARY KEY, `Größe` varchar(9), `it's` int, `"q"` int, `a.b` int, `日本` int, KEY `in``dex` (`Größe`, `it's`), CONSTRAINT `ch eck` CHECK (`it's` > 0), `g` int AS (`a.b` + `日本`) STORED);
CREATE TABLE `select` (`from` int, `where` int, CONSTRAINT `group` FOREIGN KEY (`from`) REFERENCES `or``der` (`sel ect`));
CREATE VIEW `vi ew` AS SELECT `sel ect` AS `a``b`, `Größe` FROM `or``der`;
CREATE TRIGGER `tri``gger` BEFORE INSERT ON `or``der` FOR EACH ROW SET NEW.`it's` = 1;
CREATE PROCEDURE `pro cedure`(`a b` int) SELECT `a b`;
CREATE FUNCTION `fun``ction`() RETURNS int NO SQL RETURN 1;
CREATE EVENT `e vent` ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1;
