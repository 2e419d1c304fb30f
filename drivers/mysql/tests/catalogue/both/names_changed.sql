-- What has such names changes.
-- current
CREATE TABLE `or``der` (`sel ect` int PRIMARY KEY, `Größe` varchar(9), `it's` int, `"q"` int, `a.b` int, `日本` int, KEY `in``dex` (`Größe`, `it's`), CONSTRAINT `ch eck` CHECK (`it's` > 0), `g` int AS (`a.b` + `日本`) STORED);
-- desired
CREATE TABLE `or``der` (`日本` bigint, `sel ect` bigint PRIMARY KEY, `Größe` varchar(19), `it's` int NOT NULL, `a.b` int, KEY `in``dex` (`it's`), CONSTRAINT `ch eck` CHECK (`it's` > 1));
