-- Names of digits and signs.
-- current

-- desired
CREATE TABLE `1a` (`2` int, `$x` int, `#` int, `%` int, KEY `3` (`2`));
